package ru.elumenta.contract.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.KeysApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.contract.ContractAssertions;
import ru.elumenta.contract.ContractFindings;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.error.ElumentaException;

/**
 * Reads what can be read for nothing, once each, and holds it against the contract. Run by {@code
 * mvn verify -P live} against the real service, and in every build against a local one.
 */
@ExtendWith(LiveService.class)
class LiveServiceIT {
  private static final Map<String, Consumer<ElumentaClient>> READS = new LinkedHashMap<>();

  static {
    READS.put("GET /models", client -> client.api(ModelsApi.class).listModels());
    READS.put("GET /models/gpt-5", client -> client.api(ModelsApi.class).getModel("gpt-5"));
    READS.put("GET /balance", client -> client.api(UserApi.class).getBalance());
    READS.put("GET /user/balance", client -> client.api(UserApi.class).getUserBalance());
    READS.put("GET /user/me", client -> client.api(UserApi.class).getMe());
    READS.put("GET /user/stats", client -> client.api(UserApi.class).getStats());
    READS.put("GET /user/settings", client -> client.api(UserApi.class).getSettings());
    READS.put(
        "GET /user/history",
        client ->
            client
                .api(HistoryApi.class)
                .listHistory(new HistoryApi.ListHistoryQuery().page(1L).limit(20L)));
    READS.put("GET /keys", client -> client.api(KeysApi.class).listKeys());
  }

  @TestFactory
  Stream<DynamicTest> whatIsReadObeysTheContract(ElumentaClient client, ContractFindings findings) {
    return READS.entrySet().stream()
        .map(
            read ->
                DynamicTest.dynamicTest(
                    read.getKey(), () -> obeys(client, findings, read.getValue())));
  }

  private static void obeys(
      ElumentaClient client, ContractFindings findings, Consumer<ElumentaClient> read) {
    int before = findings.list().size();
    ElumentaException failure = null;
    try {
      read.accept(client);
    } catch (ElumentaException e) {
      failure = e;
    }
    List<Finding> breaking =
        findings.list().stream().skip(before).filter(each -> !each.isTolerable()).toList();
    ContractAssertions.assertThat(breaking).isEmpty(); // says more than the failure would
    if (failure != null) {
      throw failure;
    }
  }
}
