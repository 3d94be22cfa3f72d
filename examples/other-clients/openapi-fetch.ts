import createClient from 'openapi-fetch';
import type { components, paths } from './elumenta';
import { Refused, walk } from './walk';

const client = createClient<paths>({
  baseUrl: process.env.ELUMENTA_URL,
  headers: { Authorization: `Bearer ${process.env.ELUMENTA_KEY}` },
});

type Answer<T> = { data?: T; error?: { error?: string }; response: Response };

function whole<T>(answer: Answer<T>): T {
  if (answer.data === undefined) throw new Refused(answer.response.status, answer.error?.error ?? '');
  return answer.data;
}

const seen = (it: components['schemas']['Generation']) => ({
  id: it.id,
  status: it.status,
  text: it.result_text ?? it.content,
});

walk('openapi-fetch', {
  create: async (model, prompt) => seen(whole(await client.POST('/generate', { body: { model, prompt } }))),
  read: async (id) =>
    seen(
      whole(
        await client.GET('/generate/{generation_id}', {
          params: { path: { generation_id: id as components['schemas']['GenerationId'] } },
        }),
      ),
    ),
  balance: async () => whole(await client.GET('/balance')).token_balance,
  history: async () => {
    const page = whole(await client.GET('/user/history', { params: { query: { page: 1, limit: 20 } } }));
    return { total: page.total, first: page.items[0]?.id };
  },
  price: async (slug) =>
    whole(await client.POST('/models/{slug}/calculate-price', { params: { path: { slug } }, body: { count: 1 } }))
      .token_cost,
});
