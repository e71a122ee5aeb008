package io.numa.avatar.egress.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import io.numa.avatar.egress.internal.policy.Hosts;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The head of an HTTP/1 request that all servers read in the same way (RFC 9112). */
public final class RequestHead {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /** Fields for the next server on the way only (RFC 9110, 7.6.1), and the login of a proxy. */
  private static final Set<String> FOR_THIS_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade");

  /** Fields that tell where a request goes and ends. No client may have them removed. */
  private static final Set<String> FRAME = Set.of("host", "content-length", "transfer-encoding");

  private final RequestLine line;
  private final RequestTarget target;
  private final List<RequestField> fields;

  private RequestHead(RequestLine line, List<RequestField> fields) throws MalformedException {
    this.line = line;
    this.target = RequestTarget.of(line);
    this.fields = fields;
  }

  /** Reads a head, with the empty line at its end. */
  static RequestHead parse(String text) throws MalformedException {
    String[] lines = text.split("\r\n");
    if (lines.length == 0) {
      throw new MalformedException("the request begins with an empty line");
    }
    var fields = new ArrayList<RequestField>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      fields.add(RequestField.parse(line));
    }
    return new RequestHead(RequestLine.parse(lines[0]), fields);
  }

  public RequestTarget target() {
    return target;
  }

  /** The server that the field {@code Host} names. */
  public HostAndPort host() throws MalformedException {
    List<String> hosts = values("host");
    if (hosts.size() != 1) {
      throw new MalformedException("the request has no field Host, or several");
    }
    return Hosts.authority(hosts.get(0), RequestTarget.HTTP_PORT)
        .orElseThrow(() -> new MalformedException("the field Host of the request names no host"));
  }

  /** The body that follows. A head is refused if two servers could see the end at two places. */
  public RequestBody body() throws MalformedException {
    List<String> lengths = values("content-length");
    List<String> encodings = values("transfer-encoding");
    if (lengths.size() + encodings.size() > 1) {
      throw new MalformedException("the request tells the length of its body twice");
    }
    if (!encodings.isEmpty()) {
      return chunked(encodings.get(0));
    }
    if (lengths.isEmpty()) {
      return new FixedBody(0);
    }
    if (!LENGTH.matcher(lengths.get(0)).matches()) {
      throw new MalformedException("the length of the request's body is not a number");
    }
    return new FixedBody(Long.parseLong(lengths.get(0)));
  }

  private RequestBody chunked(String encoding) throws MalformedException {
    if (!encoding.equalsIgnoreCase("chunked") || line.version().equals("HTTP/1.0")) {
      throw new MalformedException("the encoding of the request's body is not chunked");
    }
    return new ChunkedBody();
  }

  /**
   * The head for the server {@code host}, which is told to close the connection after its answer:
   * so that no second request comes that was not checked.
   */
  public ByteBuffer forwarded(HostAndPort host, String path) throws MalformedException {
    if (values("host").size() > 1) {
      throw new MalformedException("the request has several fields Host");
    }
    Set<String> dropped = dropped();
    String kept =
        fields.stream()
            .filter(field -> !dropped.contains(field.name().toLowerCase(Locale.ROOT)))
            .map(RequestField::toString)
            .collect(joining());
    String head =
        line.method()
            + " "
            + path
            + " "
            + line.version()
            + "\r\n"
            + new RequestField("Host", authority(host))
            + kept
            + new RequestField("Connection", "close")
            + "\r\n";
    return ByteBuffer.wrap(head.getBytes(ISO_8859_1));
  }

  /** The names in lower case of the fields that do not go on. */
  private Set<String> dropped() throws MalformedException {
    var dropped = new HashSet<>(FOR_THIS_HOP);
    for (String value : values("connection")) {
      for (String name : value.split(",", -1)) {
        dropped.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    if (FRAME.stream().anyMatch(dropped::contains)) {
      throw new MalformedException("the field Connection of the request names one that it needs");
    }
    dropped.add("host");
    return dropped;
  }

  private static String authority(HostAndPort host) {
    String text = host.toString();
    String usual = ":" + RequestTarget.HTTP_PORT;
    return host.port() == RequestTarget.HTTP_PORT
        ? text.substring(0, text.length() - usual.length())
        : text;
  }

  private List<String> values(String name) {
    return fields.stream().filter(field -> field.is(name)).map(RequestField::value).toList();
  }
}
