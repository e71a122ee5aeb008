package io.numa.avatar.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Puts {@code ***} in the place of secrets, in streams of any split and in texts.
 *
 * <p>A secret is found as it is, URL-encoded, and in Base64; secrets shorter than {@value
 * #SHORTEST} bytes are not looked for, as they would be found everywhere. The search is an
 * Aho-Corasick automaton over bytes, so overlapping secrets are masked whole, and its cost does not
 * depend on how many there are. Immutable.
 */
public final class Redactor {
  static final int SHORTEST = 4;

  private static final byte[] MASK = {'*', '*', '*'};

  /** {@code next[state][byte]}; state 0 is the start. */
  private final int[][] next;

  /** How many of the bytes last read may be the beginning of a secret. */
  private final int[] depth;

  /** The length of the longest secret that ends here, or 0. */
  private final int[] matched;

  private Redactor(int[][] next, int[] depth, int[] matched) {
    this.next = next;
    this.depth = depth;
    this.matched = matched;
  }

  /** A redactor that hides {@code secrets}. */
  public static Redactor of(Collection<Secret> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (Secret secret : secrets) {
      String plain = secret.reveal();
      if (plain.getBytes(UTF_8).length >= SHORTEST) {
        forms.add(plain);
        forms.add(URLEncoder.encode(plain, UTF_8));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8)));
      }
    }
    return build(forms);
  }

  private static Redactor build(Set<String> forms) {
    int size = 1 + forms.stream().mapToInt(form -> form.getBytes(UTF_8).length).sum();
    var next = new int[size][];
    var depth = new int[size];
    var matched = new int[size];
    next[0] = new int[256];
    int states = 1;
    for (String form : forms) {
      int state = 0;
      for (byte unit : form.getBytes(UTF_8)) {
        if (next[state][unit & 0xff] == 0) {
          next[states] = new int[256];
          depth[states] = depth[state] + 1;
          next[state][unit & 0xff] = states++;
        }
        state = next[state][unit & 0xff];
      }
      matched[state] = depth[state];
    }
    linkFallbacks(next, matched);
    return new Redactor(next, depth, matched);
  }

  /** Fills in, breadth first, where to go on when the bytes stop following a secret. */
  private static void linkFallbacks(int[][] next, int[] matched) {
    var fallback = new int[next.length];
    var waiting = new ArrayDeque<Integer>();
    Arrays.stream(next[0]).filter(child -> child != 0).forEach(waiting::add);
    while (!waiting.isEmpty()) {
      int state = waiting.remove();
      matched[state] = Math.max(matched[state], matched[fallback[state]]);
      for (int unit = 0; unit < 256; unit++) {
        int child = next[state][unit];
        int detour = next[fallback[state]][unit];
        if (child == 0) {
          next[state][unit] = detour;
        } else {
          fallback[child] = detour;
          waiting.add(child);
        }
      }
    }
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

  /**
   * A stream being redacted; for one thread. It holds back no more than the bytes that may still
   * turn out to begin a secret; {@link #close} lets them go.
   */
  final class Stream implements OutputSink, AutoCloseable {
    private final OutputSink sink;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final byte[] held;
    private final boolean[] secret;
    private int heldFrom;
    private int heldCount;
    private int state;
    private boolean masking;

    private Stream(OutputSink sink) {
      this.sink = sink;
      int longest = Arrays.stream(depth).max().orElse(0);
      this.held = new byte[longest + 1];
      this.secret = new boolean[longest + 1];
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        take(buffer[i]);
      }
      handOn();
    }

    private void take(byte unit) {
      state = next[state][unit & 0xff];
      if (state == 0 && heldCount == 0) {
        masking = false;
        out.write(unit);
        return;
      }
      int slot = (heldFrom + heldCount++) % held.length;
      held[slot] = unit;
      secret[slot] = false;
      for (int back = 0; back < matched[state]; back++) {
        secret[Math.floorMod(slot - back, held.length)] = true;
      }
      release(depth[state]);
    }

    /** Lets all held bytes go but the last {@code keep}. */
    private void release(int keep) {
      while (heldCount > keep) {
        if (!secret[heldFrom]) {
          out.write(held[heldFrom]);
        } else if (!masking) {
          out.writeBytes(MASK);
        }
        masking = secret[heldFrom];
        heldFrom = (heldFrom + 1) % held.length;
        heldCount--;
      }
    }

    private void handOn() {
      if (out.size() > 0) {
        byte[] bytes = out.toByteArray();
        out.reset();
        sink.write(bytes, 0, bytes.length);
      }
    }

    @Override
    public void close() {
      release(0);
      handOn();
    }
  }
}
