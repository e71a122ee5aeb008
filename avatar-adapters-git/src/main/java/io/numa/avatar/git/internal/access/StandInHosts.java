package io.numa.avatar.git.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/**
 * Names that stand for hosts that {@link URI} does not take, such as those of containers with an
 * underscore. JGit makes a URI of each host to look for a proxy, and no other part of the way to a
 * host needs one. So JGit gets the stand-in, and each connection is made to the host itself.
 */
public final class StandInHosts {
  private static final String SUFFIX = ".stand-in.invalid";
  private static final Pattern STAND_IN = Pattern.compile("h([0-9a-f]+)" + Pattern.quote(SUFFIX));

  private StandInHosts() {}

  /** The same address with a host for JGit. */
  public static URIish hidden(URIish uri) {
    return uri.getHost() == null || isJavas(uri.getHost())
        ? uri
        : uri.setHost("h" + HexFormat.of().formatHex(uri.getHost().getBytes(UTF_8)) + SUFFIX);
  }

  private static boolean isJavas(String host) {
    try {
      return new URI("http", null, host, -1, null, null, null).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  static String real(String text) {
    Matcher found = STAND_IN.matcher(text);
    return found.replaceAll(
        match ->
            Matcher.quoteReplacement(new String(HexFormat.of().parseHex(match.group(1)), UTF_8)));
  }

  /** The address that JGit means. */
  static URL real(URL url) throws MalformedURLException {
    return url.getHost().endsWith(SUFFIX) ? new URL(real(url.toExternalForm())) : url;
  }

  static URIish real(URIish uri) {
    return uri.getHost() == null ? uri : uri.setHost(real(uri.getHost()));
  }
}
