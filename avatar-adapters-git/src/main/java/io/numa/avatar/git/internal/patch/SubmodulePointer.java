package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.plan.WorkspacePath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/** The one line by which a diff shows what commit a submodule is at. */
final class SubmodulePointer {
  private static final Pattern LINE = Pattern.compile("Subproject commit ([0-9a-f]{40})\n?");

  private SubmodulePointer() {}

  static byte[] line(ObjectId commit) {
    return ("Subproject commit " + commit.name() + "\n").getBytes(ISO_8859_1);
  }

  static ObjectId commit(byte[] line, WorkspacePath path) {
    Matcher matcher = LINE.matcher(new String(line, ISO_8859_1));
    if (!matcher.matches()) {
      throw PatchConflict.invalid(
          "it does not say which commit the submodule '" + path + "' is at");
    }
    return ObjectId.fromString(matcher.group(1));
  }
}
