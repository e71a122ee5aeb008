package io.numa.avatar.egress.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private static final HostAndPort HOST = new HostAndPort("a.example", 80);

  @Test
  void sendsTheHostThatWasCheckedAndNothingForTheProxy() throws MalformedException {
    RequestHead head =
        parse(
            lines(
                "POST http://A.example./path?q=1 HTTP/1.1",
                "Accept:  text/plain ",
                "Host: b.example",
                "Proxy-Authorization: Basic x",
                "Connection: keep-alive, X-Mine",
                "x-mine: 1",
                "TE: trailers",
                "Upgrade: websocket",
                "Content-Length: 3"));

    assertThat(sent(head, HOST, "/path?q=1"))
        .isEqualTo(
            lines(
                "POST /path?q=1 HTTP/1.1",
                "Host: a.example",
                "Accept: text/plain",
                "Content-Length: 3",
                "Connection: close"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "GET / HTTP/1.1 \r\n",
        "GET  / HTTP/1.1\r\n",
        "GET / HTTP/2.0\r\n",
        "PRI * HTTP/2.0\r\n",
        "GET /\r\n",
        "G\u00e9T / HTTP/1.1\r\n",
        "GET /a b HTTP/1.1\r\n",
        "GET a.example HTTP/1.1\r\n",
        "GET //#a HTTP/1.1\r\nHost a\r\n",
        "GET https://a.example/ HTTP/1.1\r\n",
        "GET http://user@a.example/ HTTP/1.1\r\n",
        "GET http://a.example\\@b.example/ HTTP/1.1\r\n",
        "GET http://a.example:0/ HTTP/1.1\r\n",
        "GET http://a.example:99999/ HTTP/1.1\r\n",
        "GET http://a_b.example/ HTTP/1.1\r\n",
        "GET http://127.1/ HTTP/1.1\r\n",
        "GET http://0x7f.1/ HTTP/1.1\r\n",
        "GET http://[::1/ HTTP/1.1\r\n",
        "GET http:///path HTTP/1.1\r\n",
        "CONNECT a.example HTTP/1.1\r\n",
        "CONNECT http://a.example/ HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost : a.example\r\n",
        "GET / HTTP/1.1\r\n folded\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n\tfolded\r\n",
        "GET / HTTP/1.1\r\n: x\r\n",
        "GET / HTTP/1.1\r\nA: b\u0000c\r\n",
        "GET / HTTP/1.1\r\nA: b\u007fc\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\nX: y\r\n",
        "GET / HTTP/1.1\nHost: a.example\r\n",
        "GET / HTTP/1.1\r\nHost: a.example\rX: y\r\n",
      })
  void refusesWhatServersReadInSeveralWays(String lines) {
    assertThatThrownBy(() -> parse(lines + "\r\n")).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1\r\nContent-Length: 1\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 1, 1\r\n",
        "Content-Length: +1\r\n",
        "Content-Length: 0x1\r\n",
        "Content-Length:\r\n",
        "Content-Length: 9999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
      })
  void refusesBodiesWithTwoEnds(String fields) {
    assertThatThrownBy(() -> parse("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").body())
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesChunksOfTheOldVersion() throws MalformedException {
    RequestHead head = parse("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");

    assertThatThrownBy(head::body).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "close, Transfer-Encoding"})
  void refusesToDropTheFieldsThatFrameARequest(String named) throws MalformedException {
    RequestHead head = parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: " + named + "\r\n\r\n");

    assertThatThrownBy(() -> head.forwarded(HOST, "/")).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: a.example\r\nHost: a.example\r\n",
        "Host:\r\n",
        "Host: a.example, b.example\r\n",
        "Host: a.example/b\r\n",
        "Host: user@a.example\r\n",
        "Host: a.example:http\r\n",
        "Host: 2130706433\r\n",
      })
  void findsNoHostWhereNoneIsNamedOnce(String fields) throws MalformedException {
    RequestHead head = parse("GET / HTTP/1.1\r\n" + fields + "\r\n");

    assertThatThrownBy(head::host).isInstanceOf(MalformedException.class);
  }

  @Test
  void boundsTheHead() {
    assertThatThrownBy(() -> parse("GET / HTTP/1.1\r\nA: " + "x".repeat(65_536)))
        .hasMessageContaining("too long");
  }

  @Test
  void leavesWhatFollowsTheHead() throws MalformedException {
    ByteBuffer bytes = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest");

    assertThat(new RequestHeadReader().read(bytes)).isPresent();
    assertThat(ISO_8859_1.decode(bytes).toString()).isEqualTo("rest");
  }

  /** A request that is passed on has one host, which was checked, and ends in one way. */
  @Property(tries = 2000)
  void sendsNoSecondHost(
      @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> places,
      @ForAll @Size(value = 6) List<@IntRange(max = 19) Integer> pieces) {
    String[] inserts = {
      "\r\n",
      "\n",
      "\r",
      " ",
      "\t",
      ":",
      "Host: evil.example",
      "\r\nHost: evil.example\r\n",
      "\0",
      "http://evil.example",
      "@",
      "#",
      "\\",
      "\r\n ",
      ",",
      "\u0085",
      "\u00a0",
      "HTTP/1.1",
      "//",
      ";"
    };
    var text =
        new StringBuilder(
            lines(
                "GET http://a.example/x HTTP/1.1",
                "Host: a.example",
                "Content-Length: 4",
                "Connection: close"));
    for (int i = 0; i < places.size(); i++) {
      text.insert(Math.min(places.get(i), text.length()), inserts[pieces.get(i)]);
    }
    try {
      RequestHead head = parse(text.toString());
      head.body();
      String sent = sent(head, HOST, "/x");
      assertThat(sent.split("(?i)\r\nhost:", -1)).hasSize(2);
      assertThat(sent).contains("\r\nHost: a.example\r\n").endsWith("Connection: close\r\n\r\n");
      assertThat(sent.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
      assertThat(parse(sent).host()).isEqualTo(HOST);
      parse(sent).body();
    } catch (MalformedException e) {
      assertThat(e.reason()).isNotEmpty();
    }
  }

  private static String sent(RequestHead head, HostAndPort host, String path)
      throws MalformedException {
    return ISO_8859_1.decode(head.forwarded(host, path)).toString();
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static RequestHead parse(String text) throws MalformedException {
    Optional<RequestHead> head = new RequestHeadReader().read(bytes(text));
    return head.orElseThrow(() -> new MalformedException("it has no end"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }
}
