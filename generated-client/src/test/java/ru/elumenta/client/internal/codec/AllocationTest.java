package ru.elumenta.client.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import feign.Request;
import feign.Response;
import feign.codec.Decoder;
import feign.jackson.JacksonDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.transport.ReceivedBody;
import ru.elumenta.client.model.Generation;

/** What decoding an answer allocates, beside Feign's decoder as it comes; both in one run. */
class AllocationTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 5_000;

  private static final byte[] SMALL =
      """
      {"id":18473,"status":"completed","model_slug":"dall-e-3","result_text":null,\
      "result_url":"https://storage.elumenta.ru/generations/18473.webp","tokens_spent":8,\
      "processing_ms":4210,"created_at":"2026-03-01T12:00:00Z","completed_at":"2026-03-01T12:00:04Z"}\
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] LONG =
      "{\"id\":18473,\"status\":\"completed\",\"model_slug\":\"gpt-5\",\"result_text\":\"%s\"}"
          .formatted("Маяк на закате. ".repeat(530))
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void aSmallAnswerAndALongOneTakeNoMoreThanTheirText() throws IOException {
    Decoder ours = new JsonCodec();
    Decoder stock =
        new JacksonDecoder(
            new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .configure(
                    com.fasterxml.jackson.databind.DeserializationFeature
                        .FAIL_ON_UNKNOWN_PROPERTIES,
                    false));
    ObjectReader reader = JsonCodec.JSON.readerFor(Generation.class);
    Decoder fromBytes =
        (response, type) -> reader.readValue(response.body().asInputStream().readAllBytes());
    long small = perCall(ours, SMALL, true);
    long large = perCall(ours, LONG, true);
    System.out.printf(
        "Bytes allocated per decoded answer: %d bytes: %d (from bytes %d, stock %d);"
            + " %d bytes: %d (from bytes %d, stock %d)%n",
        SMALL.length,
        small,
        perCall(fromBytes, SMALL, false),
        perCall(stock, SMALL, false),
        LONG.length,
        large,
        perCall(fromBytes, LONG, false),
        perCall(stock, LONG, false));

    assertThat(small).isLessThan(4_400);
    assertThat(large).isLessThan(28_700);
  }

  private static long perCall(Decoder decoder, byte[] json, boolean asReceived) throws IOException {
    Response.Builder builder =
        Response.builder()
            .status(200)
            .request(
                Request.create(
                    Request.HttpMethod.GET, "http://localhost", Map.of(), null, null, null));
    Response response =
        (asReceived ? builder.body(new ReceivedBody(json)) : builder.body(json)).build();
    for (int i = 0; i < WARM_UP; i++) {
      decoder.decode(response, Generation.class);
    }
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < MEASURED; i++) {
      decoder.decode(response, Generation.class);
    }
    long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    return (after - before) / MEASURED;
  }
}
