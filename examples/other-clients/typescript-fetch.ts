import { Configuration, GenerationsApi, HistoryApi, ModelsApi, ResponseError, UserApi, type Generation } from './client';
import { Refused, walk } from './walk';

const configuration = new Configuration({
  basePath: process.env.ELUMENTA_URL,
  accessToken: process.env.ELUMENTA_KEY,
});
const generations = new GenerationsApi(configuration);

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (failure) {
    if (!(failure instanceof ResponseError)) throw failure;
    throw new Refused(failure.response.status, (await failure.response.json()).error);
  }
}

const seen = (it: Generation) => ({ id: it.id, status: it.status, text: it.resultText ?? it.content });

walk('typescript-fetch', {
  create: async (model, prompt) =>
    seen(await told(generations.createGeneration({ generationRequest: { model, prompt } }))),
  read: async (id) => seen(await told(generations.getGeneration({ generationId: id }))),
  balance: async () => (await told(new UserApi(configuration).getBalance())).tokenBalance,
  history: async () => {
    const page = await told(new HistoryApi(configuration).listHistory({ page: 1, limit: 20 }));
    return { total: page.total, first: page.items[0]?.id };
  },
  price: async (slug) =>
    (await told(new ModelsApi(configuration).calculatePrice({ slug, priceRequest: { count: 1 } }))).tokenCost,
});
