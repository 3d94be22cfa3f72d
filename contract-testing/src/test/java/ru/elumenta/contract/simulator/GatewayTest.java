package ru.elumenta.contract.simulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.simulator.SimulatedService.Sent;

/** The door of the simulator. */
class GatewayTest {
  private static final class Nobody implements Site {
    @Override
    public Sent answer(RequestMessage request) {
      throw new AssertionError(request);
    }

    @Override
    public ResponseMessage refuse(String why) {
      throw new AssertionError(why);
    }
  }

  @RepeatedTest(50)
  void onceItIsClosedNobodyCanConnect() throws Exception {
    Gateway gateway = new Gateway(0, new Nobody());
    gateway.start();
    int port = gateway.port();
    new Socket(InetAddress.getLoopbackAddress(), port).close();

    gateway.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
