import { onBothEngines } from '../testing/use-archive.js';
import { listsContract } from './lists.contract.js';
import { recordsContract } from './records.contract.js';
import { revisionsContract } from './revisions.contract.js';
import { unpublishContract } from './unpublish.contract.js';

onBothEngines([recordsContract, listsContract, revisionsContract, unpublishContract]);
