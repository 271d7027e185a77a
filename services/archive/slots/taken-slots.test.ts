import { onBothEngines } from '../testing/use-archive.js';
import { takenSlotsContract } from './taken-slots.contract.js';

onBothEngines([takenSlotsContract]);
