package io.numa.avatar.process.sandbox.helper;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A program inside of a sandbox's network. It does what the lines of its standard input ask for,
 * one after another, and answers each with a line. One class file, as it is copied.
 */
@SuppressWarnings("AddressSelection") // all addresses are literal
final class InsideMain {
  private static final HexFormat HEX = HexFormat.of();
  private static final int PATIENCE_MILLIS = 10_000;
  private static final long FULL_NANOS = 100_000_000;

  private final DatagramSocket datagrams = new DatagramSocket();
  private final List<SocketChannel> kept = new ArrayList<>();

  private InsideMain() throws IOException {
    datagrams.setSoTimeout(PATIENCE_MILLIS);
  }

  public static void main(String[] arguments) throws IOException {
    var inside = new InsideMain();
    var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = inside.answer(line.split(" ", -1));
      } catch (IOException e) {
        answer = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
      out.println(answer);
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "ask" -> ask(HEX.parseHex(words[1]), HEX.parseHex(words[2]));
      case "datagram" -> datagram(address(words));
      case "connect" -> connect(address(words));
      case "say" -> say(address(words), HEX.parseHex(words[3]));
      case "echo" -> echo(address(words), Integer.parseInt(words[3]));
      case "many" -> many(words[1], words[2].split(",", -1), Integer.parseInt(words[3]));
      case "keep" -> keep(address(words));
      case "end" -> end(address(words));
      case "stall" -> stall(address(words));
      case "knock" -> knock(address(words), Integer.parseInt(words[3]));
      default -> throw new IOException("what is " + words[0]);
    };
  }

  private static InetSocketAddress address(String[] words) {
    return new InetSocketAddress(words[1], Integer.parseInt(words[2]));
  }

  /** Sends any datagram to the DNS server and then a query; returns what came before its answer. */
  private String ask(byte[] datagram, byte[] last) throws IOException {
    var server = new InetSocketAddress("127.0.0.1", 53);
    datagrams.send(new DatagramPacket(datagram, datagram.length, server));
    datagrams.send(new DatagramPacket(last, last.length, server));
    var answer = new StringBuilder();
    while (true) {
      var packet = new DatagramPacket(new byte[4096], 4096);
      datagrams.receive(packet);
      byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      if (bytes[0] == last[0] && bytes[1] == last[1]) {
        return answer.length() == 0 ? "none" : answer.toString();
      }
      answer.append(HEX.formatHex(bytes));
    }
  }

  private String datagram(InetSocketAddress to) throws IOException {
    datagrams.send(new DatagramPacket(new byte[3], 3, to));
    return "sent";
  }

  private static Socket open(InetSocketAddress to) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(to, PATIENCE_MILLIS);
    return socket;
  }

  private static String connect(InetSocketAddress to) throws IOException {
    open(to).close();
    return "open";
  }

  /** Sends bytes and their end; returns all that comes back. */
  private static String say(InetSocketAddress to, byte[] bytes) throws IOException {
    try (Socket socket = open(to)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return HEX.formatHex(socket.getInputStream().readAllBytes()) + ".";
    }
  }

  /** Sends bytes while it reads, then their end; tells whether the same bytes came back. */
  private static String echo(InetSocketAddress to, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    try (Socket socket = open(to)) {
      var sender =
          new Thread(
              () -> {
                try {
                  socket.getOutputStream().write(bytes);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  // What comes back is not the same then.
                }
              });
      sender.start();
      byte[] back = socket.getInputStream().readAllBytes();
      return Arrays.equals(bytes, back) ? "same" : "differs: " + back.length;
    }
  }

  /** Opens connections at once, to all ports in turn, and ends one after another. */
  private static String many(String host, String[] ports, int count) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < count; i++) {
      int port = Integer.parseInt(ports[i % ports.length]);
      Socket socket = open(new InetSocketAddress(host, port));
      sockets.add(socket);
      socket.getOutputStream().write(("number " + i).getBytes(StandardCharsets.US_ASCII));
    }
    int good = 0;
    for (int i = 0; i < count; i++) {
      Socket socket = sockets.get(i);
      socket.shutdownOutput();
      var back = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(back);
      good += back.toString(StandardCharsets.US_ASCII).equals("number " + i) ? 1 : 0;
      socket.close();
    }
    return good + " of " + count;
  }

  /** Fills a connection until nothing more goes through, and leaves it so. */
  private String stall(InetSocketAddress to) throws IOException {
    var channel = SocketChannel.open(to);
    kept.add(channel);
    channel.configureBlocking(false);
    var bytes = ByteBuffer.allocate(1 << 16);
    long last = System.nanoTime();
    while (System.nanoTime() - last < FULL_NANOS) {
      last = channel.write(bytes.clear()) == 0 ? last : System.nanoTime();
      Thread.onSpinWait();
    }
    return "full";
  }

  /** Opens a connection, and leaves it so. */
  private String keep(InetSocketAddress to) throws IOException {
    kept.add(SocketChannel.open(to));
    return "open";
  }

  /** Opens a connection, ends its own side, and leaves it so. */
  private String end(InetSocketAddress to) throws IOException {
    var channel = SocketChannel.open(to);
    kept.add(channel);
    channel.shutdownOutput();
    return "ended";
  }

  /** Tries ports one after another, from the given one on; all refuse. */
  private static String knock(InetSocketAddress first, int count) {
    int refused = 0;
    for (int i = 0; i < count; i++) {
      try (var socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(first.getAddress(), first.getPort() + i % 1000), PATIENCE_MILLIS);
      } catch (IOException e) {
        refused++;
      }
    }
    return refused + " refused";
  }
}
