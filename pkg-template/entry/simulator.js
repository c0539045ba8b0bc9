// @ts-check
export { createSimulator, scenarios } from '../simulator/simulator.js';
