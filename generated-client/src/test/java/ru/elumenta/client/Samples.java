package ru.elumenta.client;

import ru.elumenta.client.model.GenerationRequest;

/** Requests and bodies as the documentation shows them. */
final class Samples {
  static final String IMAGE_COMPLETED =
      """
      {"id":18491,"status":"completed","model_slug":"dall-e-3",
       "result_url":"https://storage.elumenta.ru/generations/18491.webp","tokens_spent":7,
       "result_metadata":{"width":1024,"height":1024}}\
      """;
  static final String VIDEO_PENDING =
      """
      {"id":18502,"status":"pending","model_slug":"kling-v2.1-pro","result_url":null,"tokens_spent":0}\
      """;
  static final String VIDEO_COMPLETED =
      """
      {"id":18502,"status":"completed","model_slug":"kling-v2.1-pro",
       "result_url":"https://storage.elumenta.ru/generations/18502.mp4","tokens_spent":60}\
      """;
  static final String RATE_LIMITED =
      """
      {"error":"rate_limit_exceeded","message":"Hourly limit reached: 100 requests/hour",
       "retry_after":847,"limit_hour":100,"limit_day":1000}\
      """;
  static final String PROVIDER_ERROR =
      """
      {"error":"provider_error","message":"Provider returned an error. No tokens were charged.",
       "provider":"openai"}\
      """;
  static final String MODEL_UNAVAILABLE =
      """
      {"error":"model_unavailable","message":"Model is temporarily down or overloaded","details":{}}\
      """;

  private Samples() {}

  static GenerationRequest image() {
    return new GenerationRequest()
        .model("dall-e-3")
        .prompt("A lighthouse at dusk")
        .putParamsItem("size", "1024x1024");
  }

  static String failed(String error) {
    return "{\"id\":18503,\"status\":\"failed\",\"error\":\"" + error + "\",\"tokens_spent\":0}";
  }
}
