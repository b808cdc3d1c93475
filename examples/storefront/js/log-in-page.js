import { logIn } from './account.js';
import { frame } from './frame.js';

frame();
document.getElementById('log-in-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { email } = Object.fromEntries(new FormData(event.target));
  logIn({ email });
  location.assign('/demo/account.html');
});
