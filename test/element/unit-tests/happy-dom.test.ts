import { Window } from 'happy-dom';
import { mountsInUnitTests } from './contract.ts';
import { becomeWindow } from './environment.ts';

becomeWindow(new Window({ url: 'http://localhost:3000/' }), ['BroadcastChannel', 'EventSource']);
await mountsInUnitTests('happy-dom');
