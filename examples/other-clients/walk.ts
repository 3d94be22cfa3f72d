// What every TypeScript client is asked to do against the simulator. Ends with the first thing that is not as expected.
const url = process.env.ELUMENTA_URL!;

export interface Read {
  id: unknown; // nothing here knows its type: it goes back as it came
  status: string;
  text?: string | null;
}

/** A client; what is refused is a Refused. */
export interface Client {
  create(model?: string, prompt?: string): Promise<Read>;
  read(id: unknown): Promise<Read>;
  balance(): Promise<number>;
  history(): Promise<{ total: number; first: unknown }>;
  price(slug: string): Promise<number>;
}

export class Refused extends Error {
  constructor(readonly status: number, readonly code: string) {
    super(`${status} ${code}`);
  }
}

async function control(path: string, body?: object): Promise<any> {
  const address = url.replace(/\/api\/v2$/, '') + '/__elumenta/' + path;
  const answer = await fetch(address, body && { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function expect(is: boolean, what: unknown) {
  if (!is) throw new Error('not as expected: ' + JSON.stringify(what));
}

async function refusal(call: Promise<unknown>): Promise<Refused> {
  return call.then(
    () => { throw new Error('nothing was refused'); },
    (failure) => { if (failure instanceof Refused) return failure; throw failure; });
}

export async function walk(name: string, client: Client) {
  await control('reset', {});
  const before = await client.balance();
  const text = await client.create('gpt-5', 'Say hello');
  expect(text.status === 'completed' && !!text.text, text);

  await control('faults', { fault: 'slowJob', arguments: { time: '12s' }, operation: 'createGeneration' });
  let video = await client.create('kling-v2.1', 'A lighthouse');
  const id = video.id;
  let polls = 0;
  for (; video.status === 'pending' && polls < 10; polls++) {
    await control('time', { advance: '5s' });
    video = await client.read(id);
  }
  expect(video.status === 'completed' && video.id === id && polls > 0, video);

  const spent = (await control('state')).tokensCharged;
  expect((await client.balance()) === before - spent && spent > 0, spent);
  const page = await client.history();
  expect(page.total === 2 && page.first === id, page);
  const price = await client.price('dall-e-3');
  expect(price > 0, price);

  await control('account', { balance: 0 });
  const poor = await refusal(client.create('dall-e-3', 'Too dear'));
  expect(poor.message === '402 insufficient_tokens', poor.message);
  await control('account', { balance: 1000 });
  const wrong = await refusal(client.create());
  expect(wrong.message === '422 validation_error', wrong.message);
  await control('account', { exhaustHour: true });
  const often = await refusal(client.create('gpt-5', 'Too often'));
  expect(often.message === '429 rate_limit_exceeded', often.message);

  await control('reset', {});
  await control('faults', { fault: 'resetAfterProcessing', operation: 'createGeneration' });
  const lost = await client.create('gpt-5', 'Lost').then(() => 'never seen', (failure) => String(failure));
  console.log(name, 'id', id, 'polls', polls, 'price', price, 'refused', poor.status, wrong.status, often.status);
  console.log('lost answer:', lost, 'charges:', (await control('charges')).charges);
}
