import { signUp } from './account.js';
import { frame } from './frame.js';
import { track } from './track.js';

frame();
track('signup_started');
document.getElementById('sign-up-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { email, name } = Object.fromEntries(new FormData(event.target));
  signUp({ email, name });
  location.assign('/demo/account.html');
});
