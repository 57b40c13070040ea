import { render } from 'preact';
import { App } from './app.js';
import './style/base.css';
import './style/list.css';
import './style/incident.css';
import './style/past.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
