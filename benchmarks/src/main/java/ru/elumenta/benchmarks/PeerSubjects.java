package ru.elumenta.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.POST;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;

/** Others, each as its documentation shows it, with Jackson where it brings none. */
final class PeerSubjects {
  private static final String BEARER = "Bearer " + Answers.KEY;

  private PeerSubjects() {}

  static Subject jdk(String address) {
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create(address + "/generate");
    return () -> {
      HttpRequest request =
          jdkRequest(uri)
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      Answers.JSON.writeValueAsBytes(Answers.request())))
              .build();
      read(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    };
  }

  private static HttpRequest.Builder jdkRequest(URI uri) {
    return HttpRequest.newBuilder(uri)
        .version(HttpClient.Version.HTTP_1_1)
        .header("Content-Type", "application/json")
        .header("Authorization", BEARER);
  }

  private static void read(byte[] answer) throws IOException {
    Require.answer(Answers.JSON.readValue(answer, Generation.class).getResultText());
  }

  static Subject httpClient5(String address) {
    CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(2_000)
                    .setMaxConnTotal(2_000)
                    .build())
            .build();
    return () -> {
      HttpPost post = new HttpPost(address + "/generate");
      post.setHeader("Authorization", BEARER);
      post.setEntity(
          new ByteArrayEntity(
              Answers.JSON.writeValueAsBytes(Answers.request()), ContentType.APPLICATION_JSON));
      Require.answer(
          client.execute(
              post,
              response ->
                  Answers.JSON
                      .readValue(response.getEntity().getContent(), Generation.class)
                      .getResultText()));
    };
  }

  static Subject okHttp(String address) {
    OkHttpClient client = new OkHttpClient();
    MediaType json = MediaType.get("application/json");
    return () -> {
      Request request =
          new Request.Builder()
              .url(address + "/generate")
              .header("Authorization", BEARER)
              .post(RequestBody.create(Answers.JSON.writeValueAsBytes(Answers.request()), json))
              .build();
      try (Response response = client.newCall(request).execute()) {
        Require.answer(
            Answers.JSON.readValue(response.body().byteStream(), Generation.class).getResultText());
      }
    };
  }

  /** As a user of Retrofit would write it. */
  interface Generations {
    @POST("generate")
    Call<Generation> create(
        @Header("Authorization") String authorization, @Body GenerationRequest request);
  }

  static Subject retrofit(String address) {
    Generations generations =
        new Retrofit.Builder()
            .baseUrl(address + "/")
            .addConverterFactory(JacksonConverterFactory.create(Answers.JSON))
            .build()
            .create(Generations.class);
    return () ->
        Require.answer(
            generations.create(BEARER, Answers.request()).execute().body().getResultText());
  }

  /** Its own operation of the same kind; the models are its own too. */
  static Subject openAi(String address) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey(Answers.KEY).baseUrl(address).maxRetries(2).build();
    return () -> {
      ChatCompletionCreateParams params =
          ChatCompletionCreateParams.builder()
              .model("gpt-5")
              .addUserMessage(Answers.request().getPrompt())
              .build();
      Require.answer(
          client.chat().completions().create(params).choices().get(0).message().content().get());
    };
  }

  /** Lines of the JDK's client, each event read by Jackson. */
  static Subject jdkStream(String address) {
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create(address + "/generate/stream");
    return () -> {
      HttpRequest request =
          jdkRequest(uri)
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      Answers.JSON.writeValueAsBytes(Answers.request())))
              .build();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                  StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("data: {")) {
            Require.that(Answers.JSON.readTree(line.substring(6)).has("type"));
          }
        }
      }
    };
  }

  static Subject jdkDownload(String address) {
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create(address + "/file");
    return () -> {
      try (InputStream in =
          client
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
              .body()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    };
  }

  static Subject okHttpDownload(String address) {
    OkHttpClient client = new OkHttpClient();
    return () -> {
      Request request = new Request.Builder().url(address + "/file").build();
      try (Response response = client.newCall(request).execute()) {
        response.body().byteStream().transferTo(OutputStream.nullOutputStream());
      }
    };
  }

  static Subject jdkUpload(String address, long length) {
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create(address + "/generate");
    return () -> {
      HttpRequest request =
          jdkRequest(uri)
              .POST(
                  HttpRequest.BodyPublishers.fromPublisher(
                      HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(length)), length))
              .build();
      read(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    };
  }
}
