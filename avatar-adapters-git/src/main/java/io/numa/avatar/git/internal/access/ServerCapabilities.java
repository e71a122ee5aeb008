package io.numa.avatar.git.internal.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The capabilities that HTTP servers have announced. Knowing them saves one of three or four round
 * trips of a fetch. Only Git's protocol 2 separates them from the refs, which change often.
 *
 * <p>Safe for use by several threads.
 */
public final class ServerCapabilities {
  private static final int MAX_SERVERS = 256;

  /** In bytes; real answers have about 200. */
  static final int LARGEST = 1 << 13;

  /** The first line, with its length in front, as Git and as JGit write it. */
  private static final Pattern PROTOCOL_2 = Pattern.compile("000eversion 2\n|000dversion 2");

  private final Map<String, byte[]> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > MAX_SERVERS;
        }
      };

  synchronized Optional<byte[]> answer(URL url) {
    return Optional.ofNullable(answers.get(url.toExternalForm()));
  }

  /** Caches an answer if it contains capabilities only. */
  synchronized void note(URL url, byte[] answer) {
    if (PROTOCOL_2.matcher(new String(answer, ISO_8859_1)).find()) {
      answers.put(url.toExternalForm(), answer);
    }
  }

  synchronized void forget(URL url) {
    answers.remove(url.toExternalForm());
  }
}
