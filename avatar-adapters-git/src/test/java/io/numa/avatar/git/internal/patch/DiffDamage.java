package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.internal.support.ByteArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Damages diffs as on their way to the avatar: loses, doubles, changes and swaps bytes and lines.
 */
final class DiffDamage {
  private static final String[] WORDS = {
    "\n",
    " ",
    "+",
    "-",
    "\\",
    "@@ @@\n",
    "@@ -1 +1 @@\n",
    "\r",
    "0",
    "9",
    "/",
    "\"",
    "\t",
    "garbage\n",
    "diff --git a/a b/a\n",
    "new file mode 100644\n",
    "deleted file mode 100644\n",
    "old mode 100644\n",
    "new mode 100755\n",
    "rename from a\n",
    "rename to b\n",
    "--- a/a\n",
    "+++ b/b\n",
    "--- /dev/null\n",
    "GIT binary patch\n",
    "literal 0\n",
    "index 1..2 100755\n",
    "similarity index 100%\n",
    "-- \n",
    "\\ No newline at end of file\n"
  };

  private DiffDamage() {}

  static byte[] of(byte[] diff, RandomChoices choices) {
    byte[] damaged = diff;
    int times = 1 + choices.below(2);
    for (int i = 0; i < times; i++) {
      damaged = choices.once(2) ? toBytes(damaged, choices) : toLines(damaged, choices);
    }
    return damaged;
  }

  private static byte[] toBytes(byte[] diff, RandomChoices choices) {
    if (diff.length == 0) {
      return diff;
    }
    int at = near(diff, choices);
    byte[] head = Arrays.copyOf(diff, at);
    byte[] tail = Arrays.copyOfRange(diff, at, diff.length);
    byte[] rest = tail.length == 0 ? tail : Arrays.copyOfRange(tail, 1, tail.length);
    byte[] word = choices.of(WORDS).getBytes(UTF_8);
    return switch (choices.below(6)) {
      case 0 -> ByteArrays.join(head, rest);
      case 1 -> ByteArrays.join(ByteArrays.join(head, word), tail);
      case 2 -> ByteArrays.join(ByteArrays.join(head, word), rest);
      case 3 -> ByteArrays.join(ByteArrays.join(head, choices.bytes(1)), rest);
      case 4 -> ByteArrays.join(ByteArrays.join(head, Arrays.copyOf(tail, 1)), tail);
      default -> choices.once(4) ? head : digit(diff, at, choices);
    };
  }

  /**
   * A random position, often in a header: most of a diff is content, but the headers matter more.
   */
  private static int near(byte[] diff, RandomChoices choices) {
    int at = choices.below(diff.length);
    if (choices.once(2)) {
      return at;
    }
    while (at > 0 && !(diff[at] == '@' || (diff[at - 1] == '\n' && diff[at] >= 'a'))) {
      at--;
    }
    return Math.min(diff.length - 1, at + choices.below(30));
  }

  private static byte[] digit(byte[] diff, int from, RandomChoices choices) {
    byte[] damaged = diff.clone();
    for (int at = from; at < damaged.length; at++) {
      if (damaged[at] >= '0' && damaged[at] <= '9') {
        damaged[at] = (byte) ('0' + choices.below(10));
        break;
      }
    }
    return damaged;
  }

  private static byte[] toLines(byte[] diff, RandomChoices choices) {
    LineSlices lines = LineSlices.lines(diff, 0, diff.length);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      all.add(Arrays.copyOfRange(diff, lines.start(i), lines.end(i)));
    }
    if (all.isEmpty()) {
      return diff;
    }
    int at = choices.below(all.size());
    int other = choices.below(all.size());
    switch (choices.below(6)) {
      case 0 -> all.remove(at);
      case 1 -> all.add(at, all.get(at));
      case 2 -> all.add(other, all.get(at));
      case 3 -> Collections.swap(all, at, other);
      case 4 -> all.add(at, choices.of(WORDS).getBytes(UTF_8));
      default -> all.subList(Math.min(at, other), Math.max(at, other)).clear();
    }
    return all.stream().reduce(new byte[0], ByteArrays::join);
  }
}
