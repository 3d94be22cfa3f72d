package ru.elumenta.error;

import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.codec.ErrorDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns every response that is not 2xx into the exception of its status and code. A status has the
 * service's meaning if its body is JSON or empty; a page or other text is somebody else's and
 * becomes an {@link UnexpectedResponseException}, except with 429, which asks to wait in any case.
 *
 * <p>Works in any Feign client: {@code Feign.builder().errorDecoder(new ElumentaErrorDecoder())}.
 * Set {@code retryer(Retryer.NEVER_RETRY)} beside it: Feign's default sends a paid POST up to five
 * times.
 *
 * <p>Total: no body, header or number makes it throw, return null, or return anything but the
 * exception for that status. Of a body it reads at most 1 MiB. A key that the server echoes is
 * redacted. Thread-safe.
 */
public final class ElumentaErrorDecoder implements ErrorDecoder {
  private static final int MOST_BYTES_READ = 1 << 20;
  private static final Set<Integer> CALLER_WENT_AWAY = Set.of(460, 499);
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

  private final InstantSource clock;

  /** Creates a decoder on the system clock. */
  public ElumentaErrorDecoder() {
    this(Clock.systemUTC());
  }

  /**
   * Creates a decoder.
   *
   * @param clock what dates in {@code Retry-After} are compared with when the response has no
   *     {@code Date}
   */
  public ElumentaErrorDecoder(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public ElumentaException decode(String methodKey, Response response) {
    UnaryOperator<String> redaction = CredentialRedaction.of(response.request());
    Headers headers = Headers.copyOf(response.headers(), redaction);
    Charset charset =
        headers
            .first("Content-Type")
            .flatMap(ElumentaErrorDecoder::charset)
            .orElse(StandardCharsets.UTF_8);
    byte[] bytes = bodyOf(response);
    String text = redaction.apply(new String(bytes, charset));
    ErrorBody body = ErrorBody.parse(text);
    Optional<DocumentedFailure> documented =
        DocumentedFailure.recognise(response.status(), Speaker.of(text), body);
    ErrorContext context =
        ErrorContext.builder(response.request().httpMethod().name(), path(response.request()))
            .status(response.status())
            .headers(headers)
            .rawCode(body.rawCode())
            .serverMessage(body.message())
            .details(body.details())
            .rawBody(text)
            .occurredAt(clock.instant())
            .execution(
                documented.isPresent() || isRefusal(response.status())
                    ? Execution.NOT_EXECUTED
                    : Execution.UNKNOWN)
            .build();
    return documented
        .map(failure -> failure.exception(context))
        .orElseGet(() -> new UnexpectedResponseException(context));
  }

  /**
   * Whether a status says that the request was not carried out, whoever sends it: any 4xx but the
   * two which some gateways made up for a caller that went away, perhaps from work that goes on.
   */
  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500 && !CALLER_WENT_AWAY.contains(status);
  }

  /** As much of the body as can be had; a body that breaks off does not hide the status. */
  private static byte[] bodyOf(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (response.body() == null) {
      return bytes.toByteArray();
    }
    byte[] buffer = new byte[8192];
    try (InputStream in = response.body().asInputStream()) {
      int read;
      while (bytes.size() < MOST_BYTES_READ && (read = in.read(buffer)) >= 0) {
        bytes.write(buffer, 0, Math.min(read, MOST_BYTES_READ - bytes.size()));
      }
    } catch (IOException | RuntimeException brokenOff) {
      // What was read so far is kept.
    }
    return bytes.toByteArray();
  }

  private static Optional<Charset> charset(String contentType) {
    Matcher named = CHARSET.matcher(contentType);
    try {
      return named.find() ? Optional.of(Charset.forName(named.group(1))) : Optional.empty();
    } catch (IllegalArgumentException unknownCharset) {
      return Optional.empty();
    }
  }

  /** The path as the interface writes it; ids and slugs of the actual call stay out of messages. */
  private static String path(Request request) {
    RequestTemplate template = request.requestTemplate();
    if (template != null && template.methodMetadata() != null) {
      return template.methodMetadata().template().path();
    }
    try {
      String path = URI.create(request.url()).getRawPath();
      return path == null || path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException notAUri) {
      return "/";
    }
  }
}
