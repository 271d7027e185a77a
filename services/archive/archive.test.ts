/** What every archive does, on both engines; its ledger has a test of its own. */
import { chatListContract } from './chats/chat-list.contract.js';
import { openQuestionsContract } from './chats/open-questions.contract.js';
import { turnsContract } from './chats/turns.contract.js';
import { deliveriesContract } from './deliveries/deliveries.contract.js';
import { newsContract } from './news/news.contract.js';
import { embeddingsContract } from './post-search/embeddings.contract.js';
import { findContract } from './post-search/find.contract.js';
import { editContract } from './records/edit.contract.js';
import { listsContract } from './records/lists.contract.js';
import { recordsContract } from './records/records.contract.js';
import { revisionsContract } from './records/revisions.contract.js';
import { unpublishContract } from './records/unpublish.contract.js';
import { takenSlotsContract } from './slots/taken-slots.contract.js';
import { dumpContract } from './transfer/dump.contract.js';
import { loadContract } from './transfer/load.contract.js';
import { onBothEngines } from './testing/use-archive.js';

onBothEngines([
  ...[
    recordsContract,
    listsContract,
    revisionsContract,
    editContract,
    unpublishContract,
    dumpContract,
    loadContract,
  ],
  ...[turnsContract, chatListContract, openQuestionsContract, findContract, embeddingsContract],
  ...[takenSlotsContract, newsContract, deliveriesContract],
]);
