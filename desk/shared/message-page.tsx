import { Layout } from './layout.js';

/** A page of one sentence: nothing here, or something went wrong. */
export function MessagePage({ title, message }: { title: string; message: string }) {
  return (
    <Layout title={title} listed={false} styles={['public.css']} look="public">
      <main id="main" class="narrow notice">
        <h1>{title}</h1>
        <p>{message}</p>
        <p>
          <a href="/">All accounts</a> · <a href="/desk">The desk, for the signed-in</a>
        </p>
      </main>
    </Layout>
  );
}
