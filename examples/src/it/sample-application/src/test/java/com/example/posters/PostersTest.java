package com.example.posters;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.posters.Posters.Order;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.scenario.Fault;

/** The application against a service that does what the documentation says, and fails as it says. */
@ElumentaTest
class PostersTest {
  @Test
  void aPosterIsMadeAndPaidOnce(ElumentaSimulator service, ElumentaClient elumenta) {
    Order order = new Posters(elumenta).order("Regatta", "1024x1024");

    assertThat(order.posterUrl()).endsWith(".webp");
    assertThat(order.answer()).isEqualTo("Made by dall-e-3");
    assertThat(service.tokensCharged()).isEqualTo(5);
  }

  @Test
  void anEmptyPurseIsSaid(ElumentaSimulator service, ElumentaClient elumenta) {
    service.balance(2);

    Order order = new Posters(elumenta).order("Regatta", "1024x1024");

    assertThat(order.answer()).isEqualTo("Sold out until we have 3 more tokens");
    assertThat(service.generationsCreated()).isZero();
  }

  @Test
  void aSizeThatTheModelDoesNotHaveIsAskedForAgain(ElumentaClient elumenta) {
    Order order = new Posters(elumenta).order("Regatta", "1x1");

    assertThat(order.answer()).isEqualTo("Please choose another size");
  }

  @Test
  void anotherModelTakesOverFromAnOverloadedOne(
      ElumentaSimulator service, ElumentaClient elumenta) {
    service.always().forModel("dall-e-3").fail(Fault.modelUnavailable());

    Order order = new Posters(elumenta).order("Regatta", "1024x1024");

    assertThat(order.answer()).isEqualTo("Made by flux-1.1-pro");
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void aPosterThatWasChargedButNeverToldIsFoundAndNotPaidTwice(
      ElumentaSimulator service, ElumentaClient elumenta) {
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    Order order = new Posters(elumenta).order("Regatta", "1024x1024");

    assertThat(order.posterUrl()).endsWith(".webp");
    assertThat(service.charges()).isEqualTo(1);
    assertThat(service.doubleCharges()).isZero();
  }

  @Test
  void aPosterThatCannotBeFoundIsNotOrderedAgain(
      ElumentaSimulator service, ElumentaClient elumenta) {
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    service.always().to("listHistory").fail(Fault.htmlPage(502));

    Order order = new Posters(elumenta).order("Regatta", "1024x1024");

    assertThat(order.answer()).isEqualTo("We are looking for your poster");
    assertThat(service.charges()).isEqualTo(1);
  }
}
