export { createSimulator, scenarios } from '../simulator/simulator.js';
