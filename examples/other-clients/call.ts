// Typed calls of the contract; run by typescript.sh. Nothing here knows the id's type: it goes back as it came.
import createClient from 'openapi-fetch';
import type { paths } from './elumenta';
const client = createClient<paths>({ baseUrl: process.env.ELUMENTA_URL, headers: { Authorization: 'Bearer nb_x' } });
async function main() {
  const made = await client.POST('/generate', { body: { model: 'gpt-5', prompt: 'Say hello' } });
  const id = made.data!.id;
  const read = await client.GET('/generate/{generation_id}', { params: { path: { generation_id: id } } });
  const balance = await client.GET('/balance');
  const history = await client.GET('/user/history', { params: { query: { page: 1, limit: 20 } } });
  const price = await client.POST('/models/{slug}/calculate-price', { params: { path: { slug: 'dall-e-3' } }, body: { count: 1 } });
  const refused = await client.POST('/generate', { body: { model: 'm', prompt: 'p' }, headers: { Prefer: 'code=402' } });
  console.log(id, read.response.status, read.data?.status, balance.data?.token_balance, history.data?.items.length, price.data?.token_cost, refused.response.status, refused.error?.error);
}
main();
