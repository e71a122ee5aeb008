package io.numa.avatar.testkit.server;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Git's two services on named repositories, for every transport. Tests can plan faults. */
final class GitService implements AutoCloseable {
  static final String UPLOAD = "git-upload-pack";
  static final String RECEIVE = "git-receive-pack";

  final PushRules rules = new PushRules();
  final PushGate gate = new PushGate();

  private final Function<String, Optional<Repository>> repositories;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicBoolean loseNextPushAnswer = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stalled;

  GitService(Function<String, Optional<Repository>> repositories) {
    this.repositories = repositories;
  }

  void loseNextPushAnswer() {
    loseNextPushAnswer.set(true);
  }

  void stall() {
    stalled = true;
  }

  int requests() {
    return requests.get();
  }

  /** Counts a request, and blocks it after {@link #stall}. */
  void enter() throws InterruptedIOException {
    requests.incrementAndGet();
    if (!stalled) {
      return;
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new InterruptedIOException("the server was closed");
  }

  Repository require(String name) throws FileNotFoundException {
    return repositories
        .apply(name)
        .orElseThrow(() -> new FileNotFoundException("'" + name + "' does not exist"));
  }

  /** Lists the refs, for HTTP. */
  void advertise(String service, String name, String protocol, OutputStream out)
      throws IOException {
    var packets = new PacketLineOut(out);
    var advertiser = new PacketLineOutRefAdvertiser(packets);
    if (service.equals(UPLOAD)) {
      upload(name, protocol, false).sendAdvertisedRefs(advertiser, service);
    } else {
      gate.pass();
      packets.writeString("# service=" + service + "\n");
      packets.end();
      receive(name, false).sendAdvertisedRefs(advertiser);
    }
  }

  /**
   * Serves a fetch or push.
   *
   * @param twoWay whether the refs are listed first, and the client may talk again
   * @return whether to answer the client
   */
  boolean serve(
      String service,
      String name,
      String protocol,
      boolean twoWay,
      InputStream in,
      OutputStream out,
      OutputStream err)
      throws IOException {
    if (service.equals(UPLOAD)) {
      upload(name, protocol, twoWay).upload(in, out, err);
      return true;
    }
    var answer = new MutableStream(out);
    ReceivePack pack = receive(name, twoWay);
    PreReceiveHook judge = pack.getPreReceiveHook();
    pack.setPreReceiveHook(
        (receiving, commands) -> {
          answer.muted = loseNextPushAnswer.getAndSet(false);
          judge.onPreReceive(receiving, commands);
        });
    pack.receive(in, answer, err);
    return !answer.muted;
  }

  /** Drops all output once it is muted. */
  private static final class MutableStream extends FilterOutputStream {
    boolean muted;

    MutableStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      if (!muted) {
        out.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!muted) {
        out.write(bytes, offset, length);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private UploadPack upload(String name, String protocol, boolean twoWay) throws IOException {
    var pack = new UploadPack(require(name));
    pack.setBiDirectionalPipe(twoWay);
    if (!protocol.isEmpty()) {
      pack.setExtraParameters(List.of(protocol.split(":")));
    }
    return pack;
  }

  private ReceivePack receive(String name, boolean twoWay) throws IOException {
    var pack = new ReceivePack(require(name));
    pack.setBiDirectionalPipe(twoWay);
    rules.applyTo(pack, name);
    return pack;
  }
}
