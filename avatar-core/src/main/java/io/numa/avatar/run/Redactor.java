package io.numa.avatar.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.util.Collection;

/**
 * Puts {@code ***} in the place of secrets, in streams of any split and in texts.
 *
 * <p>A secret is found as it is, and in the forms of {@link SecretForms}: Base64, URL-encoded,
 * escaped as in JSON, and line by line if it has several. Secrets shorter than 4 bytes are not
 * looked for, as they would be found everywhere. Overlapping secrets are masked whole. Immutable.
 */
public final class Redactor {
  private static final byte[] MASK = {'*', '*', '*'};

  private final SecretAutomaton automaton;

  private Redactor(SecretAutomaton automaton) {
    this.automaton = automaton;
  }

  /** A redactor that hides {@code secrets}. */
  public static Redactor of(Collection<Secret> secrets) {
    return new Redactor(SecretAutomaton.of(secrets));
  }

  /** Gives {@code text} without the secrets in it. */
  public String redact(String text) {
    var clean = new ByteArrayOutputStream(text.length());
    try (Stream stream = stream(clean::write)) {
      byte[] bytes = text.getBytes(UTF_8);
      stream.write(bytes, 0, bytes.length);
    }
    return clean.toString(UTF_8);
  }

  /** Opens a stream that hands on to {@code sink} what is written to it, without the secrets. */
  Stream stream(OutputSink sink) {
    return new Stream(sink);
  }

  /** What finds the secrets, for those who do not want to hide them. */
  SecretAutomaton automaton() {
    return automaton;
  }

  /**
   * A stream being redacted; for one thread. It holds back no more than the bytes that may still
   * turn out to begin a secret; {@link #close} lets them go.
   */
  final class Stream implements OutputSink, AutoCloseable {
    /** Bounds what is gathered of a large write. */
    private static final int SLICE = 1 << 16;

    private final OutputSink sink;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] held = new byte[automaton.longest()];
    private int heldCount;
    private int state;

    /**
     * What is to be masked of the bytes that were not handed on; offsets from the first of them.
     */
    private final Spans secret = new Spans();

    /** Whether the last byte that was handed on was masked. */
    private boolean masking;

    private Stream(OutputSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      for (int done = 0; done < length; done += SLICE) {
        writeSlice(buffer, offset + done, Math.min(SLICE, length - done));
      }
    }

    private void writeSlice(byte[] buffer, int offset, int length) {
      find(buffer, offset, length);
      int sure = heldCount + length - automaton.depth(state);
      if (heldCount == 0 && secret.isEmpty()) {
        if (sure > 0) {
          masking = false;
          sink.write(buffer, offset, sure);
        }
      } else {
        release(buffer, offset, sure);
      }
      hold(buffer, offset, length, sure);
    }

    private void find(byte[] buffer, int offset, int length) {
      int now = state;
      int end = offset + length;
      int at = offset;
      while (at < end) {
        if (now == 0) {
          at = automaton.skip(buffer, at, end);
          if (at == end) {
            break;
          }
        }
        now = automaton.next(now, buffer[at++]);
        int matched = automaton.matched(now);
        if (matched > 0) {
          int stop = heldCount + at - offset;
          secret.add(stop - matched, stop);
        }
      }
      state = now;
    }

    /** Lets the first {@code count} bytes of those held and those new go. */
    private void release(byte[] buffer, int offset, int count) {
      int at = 0;
      for (int i = 0; i < secret.count() && secret.from(i) < count; i++) {
        copy(buffer, offset, at, secret.from(i));
        if (!masking) {
          out.writeBytes(MASK);
          masking = true;
        }
        at = Math.min(count, secret.to(i));
      }
      copy(buffer, offset, at, count);
      secret.shift(count);
      if (out.size() > 0) {
        byte[] bytes = out.toByteArray();
        out.reset();
        sink.write(bytes, 0, bytes.length);
      }
    }

    private void copy(byte[] buffer, int offset, int from, int to) {
      if (from < to) {
        masking = false;
        int border = Math.max(from, Math.min(to, heldCount));
        if (from < border) {
          out.write(held, from, border - from);
        }
        if (border < to) {
          out.write(buffer, offset + border - heldCount, to - border);
        }
      }
    }

    /** Keeps those bytes of the held and the new that are behind the first {@code gone}. */
    private void hold(byte[] buffer, int offset, int length, int gone) {
      int old = Math.max(0, heldCount - gone);
      System.arraycopy(held, heldCount - old, held, 0, old);
      int fresh = heldCount + length - gone - old;
      System.arraycopy(buffer, offset + length - fresh, held, old, fresh);
      heldCount = old + fresh;
    }

    @Override
    public void close() {
      release(held, 0, heldCount);
      heldCount = 0;
      state = 0;
    }
  }
}
