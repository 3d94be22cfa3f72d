"""Typed calls of the contract against the simulator; run by python.sh. Ends with the first thing that is not as expected."""

import json
import os
import urllib.request

import openapi_client as elumenta

URL = os.environ["ELUMENTA_URL"]
CONTROL = URL[: -len("/api/v2")] + "/__elumenta/"


def control(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(CONTROL + path, data) as answer:
        return json.load(answer)


def refusal(call):
    try:
        call()
    except elumenta.ApiException as refused:
        return refused.status, json.loads(refused.body)["error"]
    raise AssertionError("nothing was refused")


client = elumenta.ApiClient(elumenta.Configuration(host=URL, access_token=os.environ["ELUMENTA_KEY"]))
generations = elumenta.GenerationsApi(client)


def create(model, prompt):
    return generations.create_generation(elumenta.GenerationRequest(model=model, prompt=prompt))


control("reset", {})
before = elumenta.UserApi(client).get_balance().token_balance
text = create("gpt-5", "Say hello")
assert text.status == "completed" and (text.result_text or text.content), text

control("faults", {"fault": "slowJob", "arguments": {"time": "12s"}, "operation": "createGeneration"})
video = create("kling-v2.1", "A lighthouse")
identity, polls = video.id, 0
while video.status == "pending" and polls < 10:
    control("time", {"advance": "5s"})
    video = generations.get_generation(identity)
    polls += 1
assert video.status == "completed" and video.id == identity and polls > 0, video

spent = control("state")["tokensCharged"]
assert elumenta.UserApi(client).get_balance().token_balance == before - spent > 0
page = elumenta.HistoryApi(client).list_history(page=1, limit=20)
assert page.total == 2 and page.items[0].id == identity, page
price = elumenta.ModelsApi(client).calculate_price("dall-e-3", elumenta.PriceRequest(count=1))
assert price.token_cost > 0, price

control("account", {"balance": 0})
poor = refusal(lambda: create("dall-e-3", "Too dear"))
assert poor == (402, "insufficient_tokens"), poor
control("account", {"balance": 1000})
wrong = refusal(lambda: create(None, None))
assert wrong == (422, "validation_error"), wrong
control("account", {"exhaustHour": True})
often = refusal(lambda: create("gpt-5", "Too often"))
assert often == (429, "rate_limit_exceeded"), often

control("reset", {})
control("faults", {"fault": "resetAfterProcessing", "operation": "createGeneration"})
try:
    create("gpt-5", "Lost")
    lost = "never seen"
except Exception as failure:  # urllib3's own
    lost = type(failure).__name__
print("id", repr(identity), "polls", polls, "price", price.token_cost, "refused", poor[0], wrong[0], often[0])
print("lost answer:", lost, "charges:", control("charges")["charges"])
