package io.numa.avatar.process.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The way of a command's variables past the programs that make its sandbox. Those have the avatar's
 * rights, and a plan chooses the variables: with {@code LD_PRELOAD}, any program runs other code.
 */
final class Passage {
  /** Before the name of each variable on the way; our helper takes it off. */
  static final String PREFIX = "AVATAR_INSIDE_";

  private static final String SEARCHED = "/usr/sbin:/usr/bin:/sbin:/bin";

  /** What the C library, shells and mount programs follow. */
  private static final Pattern FOLLOWED =
      Pattern.compile(
          "(LD_|GLIBC_|GCONV_|GETCONF_|MALLOC_|LIBMOUNT_|BASH).*"
              + "|LOCPATH|NLSPATH|SHELLOPTS|ENV|IFS|PS4|HOSTALIASES|RES_OPTIONS");

  private Passage() {}

  /**
   * The environment of the programs that make a sandbox.
   *
   * @param means makes it
   * @param variables the command's; where the means has no helper, those that such programs follow
   *     are lost
   */
  static Map<String, String> past(Means means, Map<String, String> variables) {
    var outside = new HashMap<String, String>();
    if (means.hasHelper()) {
      variables.forEach((name, value) -> outside.put(PREFIX + name, value));
      outside.put("PATH", SEARCHED);
    } else {
      outside.putAll(variables);
      outside.keySet().removeIf(FOLLOWED.asMatchPredicate());
    }
    return outside;
  }
}
