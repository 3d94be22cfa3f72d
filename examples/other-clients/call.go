// Typed calls of the contract against the simulator; run by go.sh. Ends with the first thing that is not as expected.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"

	elumenta "github.com/GIT_USER_ID/GIT_REPO_ID"
)

var url = os.Getenv("ELUMENTA_URL")

func control(path string, body string) map[string]interface{} {
	address := strings.TrimSuffix(url, "/api/v2") + "/__elumenta/" + path
	var answer *http.Response
	var err error
	if body == "" {
		answer, err = http.Get(address)
	} else {
		answer, err = http.Post(address, "application/json", strings.NewReader(body))
	}
	expect(err == nil, err)
	defer answer.Body.Close()
	var read map[string]interface{}
	expect(json.NewDecoder(answer.Body).Decode(&read) == nil, path)
	return read
}

func expect(is bool, what interface{}) {
	if !is {
		panic(what)
	}
}

func main() {
	configuration := elumenta.NewConfiguration()
	configuration.Servers = elumenta.ServerConfigurations{{URL: url}}
	client := elumenta.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), elumenta.ContextAccessToken, os.Getenv("ELUMENTA_KEY"))
	create := func(model string, prompt string) (*elumenta.Generation, *http.Response, error) {
		request := elumenta.NewGenerationRequest()
		if model != "" {
			request.SetModel(model)
			request.SetPrompt(prompt)
		}
		return client.GenerationsAPI.CreateGeneration(ctx).GenerationRequest(*request).Execute()
	}
	refusal := func(model string) (int, string) {
		_, answer, err := create(model, "Refused")
		failure, is := err.(*elumenta.GenericOpenAPIError)
		expect(is, err)
		var envelope map[string]interface{}
		expect(json.Unmarshal(failure.Body(), &envelope) == nil, failure)
		return answer.StatusCode, envelope["error"].(string)
	}

	control("reset", "{}")
	before, _, err := client.UserAPI.GetBalance(ctx).Execute()
	expect(err == nil, err)
	text, _, err := create("gpt-5", "Say hello")
	expect(err == nil && text.Status == "completed" && text.GetResultText()+text.GetContent() != "", err)

	control("faults", `{"fault": "slowJob", "arguments": {"time": "12s"}, "operation": "createGeneration"}`)
	video, _, err := create("kling-v2.1", "A lighthouse")
	expect(err == nil, err)
	id, polls := video.Id, 0
	for ; video.Status == "pending" && polls < 10; polls++ {
		control("time", `{"advance": "5s"}`)
		video, _, err = client.GenerationsAPI.GetGeneration(ctx, id).Execute()
		expect(err == nil, err)
	}
	expect(video.Status == "completed" && video.Id == id && polls > 0, video)

	after, _, err := client.UserAPI.GetBalance(ctx).Execute()
	expect(err == nil && float64(before.TokenBalance-after.TokenBalance) == control("state", "")["tokensCharged"], err)
	page, _, err := client.HistoryAPI.ListHistory(ctx).Page(1).Limit(20).Execute()
	expect(err == nil && page.Total == 2 && page.Items[0].Id == id, err)
	request := elumenta.NewPriceRequest()
	request.SetCount(1)
	price, _, err := client.ModelsAPI.CalculatePrice(ctx, "dall-e-3").PriceRequest(*request).Execute()
	expect(err == nil && price.TokenCost > 0, err)

	control("account", `{"balance": 0}`)
	poor, code := refusal("dall-e-3")
	expect(poor == 402 && code == "insufficient_tokens", code)
	control("account", `{"balance": 1000}`)
	wrong, code := refusal("")
	expect(wrong == 422 && code == "validation_error", code)
	control("account", `{"exhaustHour": true}`)
	often, code := refusal("gpt-5")
	expect(often == 429 && code == "rate_limit_exceeded", code)

	control("reset", "{}")
	control("faults", `{"fault": "resetAfterProcessing", "operation": "createGeneration"}`)
	_, _, err = create("gpt-5", "Lost")
	fmt.Println("id", id, "polls", polls, "price", price.TokenCost, "refused", poor, wrong, often)
	fmt.Println("lost answer:", err, "charges:", control("charges", "")["charges"])
}
