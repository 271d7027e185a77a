import type { Child } from 'hono/jsx';
import type { Account } from '../../contract/account.js';
import { accentOf } from '../kit/chip.js';
import { atomPath, jsonFeedPath } from '../kit/addresses.js';
import { Layout, type LayoutProps } from '../kit/layout.js';

export interface PublicPageProps extends LayoutProps {
  readonly account: Account;
  readonly children?: Child;
}

/** A page of an account for its readers: in its colour and its time zone, with its feeds. */
export function PublicPage({ account, children, ...page }: PublicPageProps) {
  const { handle, name, timeZone } = account;
  return (
    <Layout
      styles={['record.css', 'public.css']}
      look={`public of-account ${accentOf(handle)}`}
      zone={timeZone}
      feeds={{ title: name, atom: atomPath(handle), json: jsonFeedPath(handle) }}
      {...page}
    >
      {children}
    </Layout>
  );
}
