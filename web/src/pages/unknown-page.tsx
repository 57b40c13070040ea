import { Page } from '../parts/page.js';

export function UnknownPage() {
  return (
    <Page title="No such page">
      <section class="notice">
        <h1>No such page</h1>
        <p>
          Nothing is kept at this address. <a href="/">All incidents</a>
        </p>
      </section>
    </Page>
  );
}
