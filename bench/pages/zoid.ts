/**
 * Zoid: the script with the component, which its README puts on the parent's and on the child's page. Its build without
 * pop-ups, the smaller one; ready when the child's half has told the parent's, the first thing that a shop can hear.
 */
import { create } from 'zoid/dist/zoid.frame.min.js';
import { HOSTED } from '../hosted.ts';

const { benchReady } = window as unknown as { benchReady?: () => void };

const Cashier = create({ tag: 'bench-cashier', url: `${HOSTED}/frame/zoid` });
if (benchReady) void Cashier({ onRendered: benchReady }).render('body');
