package io.numa.avatar.egress.internal.wire;

import io.numa.avatar.egress.internal.policy.Hosts;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request is for (RFC 9112, 3.2). */
public sealed interface RequestTarget {
  /** Hands the target to the method of {@code cases} for its kind. */
  void take(Cases cases) throws MalformedException, RefusedException;

  /** What to do with each kind of target. */
  interface Cases {
    void path(String path) throws MalformedException, RefusedException;

    void url(HostAndPort host, String path) throws MalformedException, RefusedException;

    void tunnel(HostAndPort host) throws MalformedException, RefusedException;
  }

  /** Something on the server that the client is connected to, or {@code *}. */
  record Path(String path) implements RequestTarget {
    @Override
    public void take(Cases cases) throws MalformedException, RefusedException {
      cases.path(path);
    }
  }

  /** Something on the server {@code host}, which a proxy is to ask. */
  record Url(HostAndPort host, String path) implements RequestTarget {
    @Override
    public void take(Cases cases) throws MalformedException, RefusedException {
      cases.url(host, path);
    }
  }

  /** A connection to {@code host}. */
  record Tunnel(HostAndPort host) implements RequestTarget {
    @Override
    public void take(Cases cases) throws MalformedException, RefusedException {
      cases.tunnel(host);
    }
  }

  /** The port of URLs without one. */
  int HTTP_PORT = 80;

  /** Reads the target of a request. */
  static RequestTarget of(RequestLine line) throws MalformedException {
    if (line.method().equals("CONNECT")) {
      return new Tunnel(
          Hosts.authority(line.target()).orElseThrow(() -> Form.unknown("CONNECT host:port")));
    }
    if (Form.PATH.matcher(line.target()).matches()) {
      return new Path(line.target());
    }
    Matcher url = Form.URL.matcher(line.target());
    if (!url.matches()) {
      throw Form.unknown("a path, or http://host/path");
    }
    HostAndPort host =
        Hosts.authority(url.group(1), HTTP_PORT)
            .orElseThrow(() -> Form.unknown("http://host/path"));
    return new Url(host, url.group(2).startsWith("/") ? url.group(2) : "/" + url.group(2));
  }

  /** The forms of targets. */
  final class Form {
    private static final Pattern PATH = Pattern.compile("/[^#]*|\\*");
    private static final Pattern URL =
        Pattern.compile("(?i:http)://([^/?#@\\\\]+)((?:[/?][^#]*)?)");

    private Form() {}

    private static MalformedException unknown(String known) {
      return new MalformedException("the target of the request is not " + known);
    }
  }
}
