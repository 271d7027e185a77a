import { onBothEngines } from '../testing/use-archive.js';
import { chatListContract } from './chat-list.contract.js';
import { openQuestionsContract } from './open-questions.contract.js';
import { turnsContract } from './turns.contract.js';

onBothEngines([turnsContract, chatListContract, openQuestionsContract]);
