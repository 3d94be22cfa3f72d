package ru.elumenta.contract.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;
import ru.elumenta.contract.simulator.MessageReader.Head;
import ru.elumenta.contract.simulator.SimulatedService.Sent;

/**
 * One connection of a caller: reads requests and answers them, or does to the bytes of an answer
 * what no HTTP server would do.
 */
final class Connection {
  private static final Set<FaultKind> ON_THE_WIRE =
      EnumSet.of(FaultKind.RESET, FaultKind.CUT, FaultKind.STALL, FaultKind.DRIP, FaultKind.DELAY);
  private static final Duration LONGEST_IDLE = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration LONGEST_FAREWELL = Duration.ofMillis(500);
  private static final int MOST_BYTES_OF_FAREWELL = 4 << 20;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final Site site;

  Connection(Socket socket, Site site) {
    this.socket = socket;
    this.site = site;
  }

  /** Serves until either side has enough. */
  void serve() throws IOException, InterruptedException {
    socket.setTcpNoDelay(true);
    InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    MessageReader reader = new MessageReader(in);
    boolean goesOn = true;
    while (goesOn) {
      Head head = null;
      Sent answer;
      try {
        socket.setSoTimeout((int) LONGEST_IDLE.toMillis());
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        socket.setSoTimeout((int) LONGEST_PAUSE.toMillis());
        head = reader.head();
        if (head == null) {
          return;
        }
        if (head.waitsToBeAsked()) {
          socket.getOutputStream().write(CONTINUE);
          socket.getOutputStream().flush();
        }
        answer = site.answer(head.with(reader.body(head)));
      } catch (BadMessage e) {
        refuse(e, head, in);
        return;
      }
      socket.setSoTimeout(0);
      goesOn = deliver(answer, head, in) && !head.isLast();
    }
  }

  /** Answers, and reads what is still under way: else the caller may never see the answer. */
  private void refuse(BadMessage e, Head head, InputStream in) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes(site.refuse(e.getMessage()), head, true));
    out.flush();
    socket.shutdownOutput();
    socket.setSoTimeout((int) LONGEST_FAREWELL.toMillis());
    byte[] rest = new byte[1 << 14];
    int read = 0;
    try {
      for (int n = in.read(rest); n >= 0 && read < MOST_BYTES_OF_FAREWELL; n = in.read(rest)) {
        read += n;
      }
    } catch (SocketTimeoutException stillThere) {
      // He has had time to read.
    }
  }

  /** Returns whether the connection is good for a further request. */
  private boolean deliver(Sent sent, Head head, InputStream in)
      throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    byte[] bytes = bytes(sent.response(), head, head.isLast());
    Fault fault = onTheWire(sent.fault());
    if (fault == null) {
      out.write(bytes);
      out.flush();
      return true;
    }
    int half = bytes.length - (sent.response().body().length + 1) / 2;
    switch (fault.kind()) {
      case RESET -> {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
      }
      case CUT -> {
        out.write(bytes, 0, half);
        out.flush();
        return false;
      }
      case STALL -> {
        out.write(bytes, 0, half);
        out.flush();
        while (in.read() >= 0) {
          // Whatever else comes is not answered.
        }
        return false;
      }
      case DRIP -> {
        for (byte next : bytes) {
          out.write(next);
          out.flush();
          TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        }
        return true;
      }
      default -> {
        TimeUnit.NANOSECONDS.sleep(fault.time().toNanos());
        out.write(bytes);
        out.flush();
        return true;
      }
    }
  }

  /** The part of a fault that is about bytes, or null. */
  private static Fault onTheWire(Fault fault) {
    return fault == null
        ? null
        : fault.parts().stream()
            .filter(part -> ON_THE_WIRE.contains(part.kind()))
            .findFirst()
            .orElse(null);
  }

  private static byte[] bytes(ResponseMessage response, Head head, boolean isLast) {
    StringBuilder lines = new StringBuilder("HTTP/1.1 " + response.status() + " \r\n");
    for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
      for (String value : header.getValue()) {
        lines.append(header.getKey()).append(": ").append(value).append("\r\n");
      }
    }
    boolean isBodiless = response.status() == 204 || response.status() == 304;
    if (!isBodiless) {
      lines.append("Content-Length: ").append(response.body().length).append("\r\n");
    }
    if (isLast) {
      lines.append("Connection: close\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!isBodiless && (head == null || !head.method().equals("HEAD"))) {
      bytes.writeBytes(response.body());
    }
    return bytes.toByteArray();
  }
}
