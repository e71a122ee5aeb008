package io.numa.avatar.egress.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Hellos of the JDK's TLS, as sent and with changes. */
public final class Hellos {
  private static final int RECORD_HEADER = 5;
  private static final int HELLO_HEADER = 4;

  private Hellos() {}

  /** The hello of a client that asks for {@code name}, or for no name if that is empty. */
  public static byte[] of(String name) {
    SSLEngine engine = engine();
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
    engine.setSSLParameters(parameters);
    var out = ByteBuffer.allocate(20_000);
    try {
      engine.wrap(ByteBuffer.allocate(0), out);
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** The same hello, in records of {@code length} bytes each. */
  public static byte[] inRecords(byte[] hello, int length) {
    var out = new ByteArrayOutputStream();
    for (int at = RECORD_HEADER; at < hello.length; at += length) {
      int part = Math.min(length, hello.length - at);
      out.writeBytes(new byte[] {hello[0], hello[1], hello[2], (byte) (part >> 8), (byte) part});
      out.write(hello, at, part);
    }
    return out.toByteArray();
  }

  /** A hello with more extensions at its end. */
  static byte[] withExtensions(byte[] hello, byte[] extensions) {
    byte[] all = Arrays.copyOf(hello, hello.length + extensions.length);
    System.arraycopy(extensions, 0, all, hello.length, extensions.length);
    var bytes = ByteBuffer.wrap(all);
    bytes.putShort(3, (short) (all.length - RECORD_HEADER));
    bytes.putInt(RECORD_HEADER, 1 << 24 | all.length - RECORD_HEADER - HELLO_HEADER);
    int at = RECORD_HEADER + HELLO_HEADER + 34;
    at += 1 + all[at];
    at += 2 + bytes.getShort(at);
    at += 1 + all[at];
    bytes.putShort(at, (short) (all.length - at - 2));
    return all;
  }

  /** The name that a server of the JDK reads in a hello, or empty if it reads none. */
  static Optional<String> seenByServer(byte[] hello) {
    var seen = new AtomicReference<Optional<String>>(Optional.empty());
    SSLEngine engine = engine();
    engine.setUseClientMode(false);
    var parameters = engine.getSSLParameters();
    parameters.setSNIMatchers(
        List.of(
            new SNIMatcher(0) {
              @Override
              public boolean matches(SNIServerName name) {
                seen.set(Optional.of(new String(name.getEncoded(), ISO)));
                return true;
              }
            }));
    engine.setSSLParameters(parameters);
    try {
      var in = ByteBuffer.wrap(hello);
      while (in.hasRemaining() && seen.get().isEmpty()) {
        int taken = engine.unwrap(in, ByteBuffer.allocate(20_000)).bytesConsumed();
        Runnable task = engine.getDelegatedTask();
        if (task != null) {
          task.run();
        } else if (taken == 0) {
          break; // It waits for the rest of a record that is damaged to be longer than the hello.
        }
      }
    } catch (SSLException e) {
      return seen.get();
    }
    return seen.get();
  }

  private static final java.nio.charset.Charset ISO = java.nio.charset.StandardCharsets.ISO_8859_1;

  private static SSLEngine engine() {
    try {
      return SSLContext.getDefault().createSSLEngine();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
