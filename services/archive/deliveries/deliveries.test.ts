import { onBothEngines } from '../testing/use-archive.js';
import { deliveriesContract } from './deliveries.contract.js';

onBothEngines([deliveriesContract]);
