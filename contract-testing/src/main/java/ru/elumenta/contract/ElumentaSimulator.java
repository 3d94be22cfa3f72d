package ru.elumenta.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.control.Control;
import ru.elumenta.contract.control.Simulation;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.simulator.Conversation;
import ru.elumenta.contract.simulator.Gateway;
import ru.elumenta.contract.simulator.SimulatedService;
import ru.elumenta.contract.simulator.SimulatedService.Seen;
import ru.elumenta.contract.simulator.SimulatedService.Sent;
import ru.elumenta.contract.simulator.Site;
import ru.elumenta.contract.validation.ExchangeCheck;

/**
 * A server on this machine that behaves like the documented service and keeps state: keys,
 * sessions, balance, limits, jobs, history, files. It fails on demand, and can be asked afterwards
 * what it saw.
 *
 * <pre>{@code
 * try (ElumentaSimulator service = ElumentaSimulator.start();
 *     ElumentaClient elumenta = service.client().build()) {
 *   service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
 *   elumenta.generate(request);
 *   assertThat(service.doubleCharges()).isZero();
 * }
 * }</pre>
 *
 * <p>By default in {@link SimulatedTime}, which the ready-made client shares, so that nobody waits.
 * What it does is decided by its seed and the requests alone. Listens on the loopback address only.
 * Thread-safe; requests are worked off one at a time.
 */
public final class ElumentaSimulator implements AutoCloseable {
  /** Who owns the account. */
  public static final String EMAIL = "user@example.com";

  /** The owner's password. */
  public static final String PASSWORD = "a long password";

  private static final ContractValidator STRICT =
      ContractValidator.standard().withResponses(Strictness.STRICT);

  private final ElumentaSimulatorBuilder settings;
  private final Gateway gateway;
  private final Control control;
  private volatile SimulatedService service;
  private volatile String apiKey;

  ElumentaSimulator(ElumentaSimulatorBuilder settings) {
    this.settings = settings;
    Services services = new Services();
    this.control = new Control(services);
    try {
      this.gateway = new Gateway(settings.port, services);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port %d of this machine is taken; give another, or 0 for any free one."
              .formatted(settings.port),
          e);
    }
    reset();
    gateway.start();
  }

  /** The service as it is at the moment: {@link #reset()} makes another. */
  private final class Services implements Site, Simulation {
    @Override
    public Sent answer(RequestMessage request) {
      return Control.isFor(request)
          ? new Sent(control.answer(request), null)
          : service.answer(request);
    }

    @Override
    public ResponseMessage refuse(String why) {
      return service.refuse(why);
    }

    @Override
    public SimulatedService service() {
      return service;
    }

    @Override
    public String baseUrl() {
      return ElumentaSimulator.this.baseUrl();
    }

    @Override
    public String apiKey() {
      return apiKey;
    }

    @Override
    public void healthy() {
      ElumentaSimulator.this.healthy();
    }

    @Override
    public void advance(Duration duration) {
      ElumentaSimulator.this.advance(duration);
    }

    @Override
    public void reset() {
      ElumentaSimulator.this.reset();
    }

    @Override
    public List<Finding> findings(Seen seen) {
      return ElumentaSimulator.this.findings(seen);
    }
  }

  /** Starts one with all defaults. */
  public static ElumentaSimulator start() {
    return builder().start();
  }

  /** Starts to configure one. */
  public static ElumentaSimulatorBuilder builder() {
    return new ElumentaSimulatorBuilder();
  }

  /** Returns the base URL for a client. */
  public String baseUrl() {
    return origin() + ExchangeCheck.BASE_PATH;
  }

  /** Returns the address of a page that shows what happens, for people. */
  public String consoleUrl() {
    return origin() + "/__elumenta/";
  }

  private String origin() {
    return "http://127.0.0.1:" + gateway.port();
  }

  /** Returns a good API key. */
  public String apiKey() {
    return apiKey;
  }

  /** Starts to configure a client of it, with its key and in its time. */
  public ElumentaClientBuilder client() {
    return ElumentaClient.builder().baseUrl(baseUrl()).apiKey(apiKey).timeSource(settings.time);
  }

  /** Returns its clock. */
  public TimeSource time() {
    return settings.time;
  }

  /**
   * Lets time pass.
   *
   * @throws IllegalStateException if it runs on the system's time
   */
  public void advance(Duration duration) {
    if (settings.time instanceof SimulatedTime simulated) {
      simulated.advance(duration);
    } else if (settings.time instanceof OngoingTime ongoing) {
      ongoing.advance(duration);
    } else {
      throw new IllegalStateException("Only simulated time can be advanced.");
    }
  }

  /** Declares a fault for the next request that fits. */
  public FaultRule next() {
    return next(1);
  }

  /** Declares a fault for so many of the next requests that fit. */
  public FaultRule next(int times) {
    return new FaultRule(times, null, null, () -> service.faults());
  }

  /** Declares a fault for every request that fits, until {@link #healthy()}. */
  public FaultRule always() {
    return next(Integer.MAX_VALUE);
  }

  /** Takes back all faults that wait. */
  public void healthy() {
    service.faults().clear();
    service.skew(Duration.ZERO);
  }

  /** Sets what the user has left, in tokens. */
  public void balance(long tokens) {
    service.balance(tokens);
  }

  /** Returns what the user has left, in tokens. */
  public long balance() {
    return service.balance();
  }

  /** Sets the user's plan. */
  public void plan(Plan plan) {
    service.plan(plan);
  }

  /** Leaves the user no generation in this hour. */
  public void exhaustHour() {
    service.exhaustHour();
  }

  /** Makes every access token expire now. */
  public void expireAccessTokens() {
    service.expireAccessTokens();
  }

  /** Makes the service's clock, as its Date header tells it, wrong by so much. */
  public void clockSkew(Duration skew) {
    service.skew(skew);
  }

  /** Returns how many requests came. */
  public long requests() {
    return service.requests(null);
  }

  /** Returns how many requests for one operation came. */
  public long requests(String operationId) {
    return service.requests(operationId);
  }

  /** Returns how many generations were begun. */
  public int generationsCreated() {
    return service.generations();
  }

  /** Returns how many generations were charged. */
  public int charges() {
    return service.charges();
  }

  /** Returns what was charged in all, in tokens. */
  public long tokensCharged() {
    return service.charged();
  }

  /**
   * Returns how often somebody paid twice: how many charges were for the same model and input as an
   * earlier one whose answer a fault kept from the caller.
   */
  public int doubleCharges() {
    return service.doubleCharges();
  }

  /** Returns how many requests came before the wait was over that an earlier answer asked for. */
  public int requestsTooEarly() {
    return service.earlyRequests();
  }

  /** Returns how many faults were declared for requests that have not come. */
  public int faultsLeft() {
    return service.faults().left();
  }

  /** Returns the latest requests and what was answered before any fault of the wire. */
  public List<Exchange> exchanges() {
    return service.seen().stream().map(Seen::exchange).toList();
  }

  List<Seen> seen() {
    return service.seen();
  }

  /**
   * Returns the conversation so far as text, a few lines for each request: for people who look into
   * a test that fails. Shows no tokens, and of bodies the beginning.
   */
  public String conversation() {
    return Conversation.of(service.seen());
  }

  /**
   * Holds what it saw against the contract, requests and answers, both strictly. An answer that a
   * fault made is left out.
   */
  public List<Finding> findings() {
    return service.seen().stream().flatMap(each -> findings(each).stream()).toList();
  }

  /** Holds one exchange against the contract. */
  List<Finding> findings(Seen seen) {
    return seen.fault().isPresent()
        ? STRICT.check(seen.exchange().request())
        : STRICT.check(seen.exchange());
  }

  /** Returns how many connections are open. */
  int connections() {
    return gateway.connections();
  }

  /** Forgets everything: a new account, a new key, no faults. The time goes on. */
  public void reset() {
    SimulatedService fresh =
        new SimulatedService(
            settings.time,
            settings.seed,
            settings.dialect,
            settings.plan,
            settings.balance,
            EMAIL,
            PASSWORD);
    fresh.filesAt(origin());
    apiKey = fresh.newKey();
    service = fresh;
  }

  /** Stops it; connections are closed. */
  @Override
  public void close() {
    gateway.close();
  }

  /** Shows the base URL. */
  @Override
  public String toString() {
    return "ElumentaSimulator[" + baseUrl() + "]";
  }
}
