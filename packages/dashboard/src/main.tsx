import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.tsx';

const root = document.querySelector('#app');
if (!root)
  throw new Error('The page has no #app to render into: index.html and main.tsx do not belong together.');
render(<App />, root);
