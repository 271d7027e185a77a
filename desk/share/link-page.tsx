import { Layout } from '../shared/layout.js';

/** A page of a link that shows no post: why, or that its decision was taken. */
export function LinkPage({ title, message }: { title: string; message: string }) {
  return (
    <Layout title={title} listed={false}>
      <main id="main" class="narrow">
        <h1>{title}</h1>
        <p>{message}</p>
      </main>
    </Layout>
  );
}
