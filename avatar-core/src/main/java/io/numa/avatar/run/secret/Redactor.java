package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Replaces secrets by {@code ***}, in texts and in streams that are split anywhere.
 *
 * <p>It finds a secret as it is, and in the forms of {@link SecretForms}: Base64, hexadecimal,
 * URL-encoded, escaped as in JSON, and single lines of a secret with several lines. It does not
 * look for secrets shorter than 4 bytes, because these would be found everywhere. It masks
 * overlapping secrets completely.
 *
 * <p>Secrets can be added. An open stream looks for them from its next write on. Safe for use by
 * several threads.
 */
public final class Redactor {
  private static final byte[] MASK = {'*', '*', '*'};

  /**
   * The redactor looks for so many added secrets at most, the latest ones. A service may issue a
   * new token for each use, for months.
   */
  private static final int MAX_ADDED = 256;

  private final Object lock = new Object();
  private final Set<Secret> given;
  private final Set<Secret> added = new LinkedHashSet<>();
  private final LongAdder redactions = new LongAdder();
  private volatile SecretAutomaton automaton;

  private Redactor(Collection<Secret> secrets) {
    this.given = Set.copyOf(secrets);
    this.automaton = SecretAutomaton.of(given);
  }

  /** A redactor that hides {@code secrets}. */
  public static Redactor of(Collection<Secret> secrets) {
    return new Redactor(secrets);
  }

  /** Hides another secret from now on. Adding a known secret is cheap. */
  public void add(Secret secret) {
    synchronized (lock) {
      if (given.contains(secret) || added.contains(secret)) {
        return;
      }
      if (added.size() == MAX_ADDED) {
        added.remove(added.iterator().next());
      }
      added.add(secret);
      automaton = SecretAutomaton.of(all());
    }
  }

  private Set<Secret> all() {
    Set<Secret> all = new LinkedHashSet<>(given);
    all.addAll(added);
    return all;
  }

  /** How many places were masked so far. */
  public long redactions() {
    return redactions.sum();
  }

  /** Returns {@code text} with its secrets replaced. */
  public String redact(String text) {
    var clean = new ByteArrayOutputStream(text.length());
    try (Stream stream = stream(clean::write)) {
      byte[] bytes = text.getBytes(UTF_8);
      stream.write(bytes, 0, bytes.length);
    }
    return clean.toString(UTF_8);
  }

  /** Opens a stream that passes the written bytes to {@code sink}, with secrets replaced. */
  public Stream stream(OutputSink sink) {
    return new Stream(sink);
  }

  /** A thorough search for the same secrets, for callers that refuse what has one. */
  public SecretSearch search() {
    synchronized (lock) {
      return SecretSearch.of(all());
    }
  }

  /**
   * A stream that redacts. Not thread-safe. It holds back only bytes that may be the beginning of a
   * secret; {@link #close} passes them on.
   */
  public final class Stream implements OutputSink, AutoCloseable {
    /** The most bytes of a large write that are processed at once. */
    private static final int SLICE = 1 << 16;

    private final OutputSink sink;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private SecretAutomaton known = automaton;
    private byte[] held = new byte[known.longest()];
    private int heldCount;
    private int state;

    /** The ranges to mask in the bytes not passed on yet, as offsets from the first of those. */
    private final Spans secret = new Spans();

    /** Whether the last byte that was passed on was masked. */
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
      SecretAutomaton latest = automaton;
      if (known != latest) {
        learn(latest);
      }
      find(buffer, offset, length);
      int sure = heldCount + length - known.depth(state);
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

    /** Searches the held bytes again, with the automaton that knows more secrets. */
    private void learn(SecretAutomaton latest) {
      var masked = new BitSet(heldCount);
      for (int i = 0; i < secret.count(); i++) {
        masked.set(
            secret.from(i), secret.to(i)); // the beginning of a secret may already be passed on
      }
      known = latest;
      state = 0;
      for (int at = 0; at < heldCount; at++) {
        state = latest.next(state, held[at]);
        masked.set(at + 1 - latest.matched(state), at + 1);
      }
      held = Arrays.copyOf(held, Math.max(latest.longest(), heldCount));
      secret.shift(heldCount);
      for (int from = masked.nextSetBit(0); from >= 0; from = masked.nextSetBit(from)) {
        int to = masked.nextClearBit(from);
        secret.add(from, to);
        from = to;
      }
    }

    private void find(byte[] buffer, int offset, int length) {
      int now = state;
      int end = offset + length;
      int at = offset;
      while (at < end) {
        int begin = at - known.depth(now); // of the form that the last bytes may begin
        if (known.isShallow(now) && begin >= offset) {
          int next = known.skip(buffer, begin, end);
          if (next > begin) {
            at = next;
            now = 0;
            continue;
          }
        }
        now = known.next(now, buffer[at++]);
        int matched = known.matched(now);
        if (matched > 0) {
          int stop = heldCount + at - offset;
          secret.add(stop - matched, stop);
        }
      }
      state = now;
    }

    /** Passes on the first {@code count} of the held and new bytes. */
    private void release(byte[] buffer, int offset, int count) {
      int at = 0;
      for (int i = 0; i < secret.count() && secret.from(i) < count; i++) {
        copy(buffer, offset, at, secret.from(i));
        if (!masking) {
          out.writeBytes(MASK);
          redactions.increment();
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

    /** Holds the bytes after the first {@code gone} of the held and new bytes. */
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
