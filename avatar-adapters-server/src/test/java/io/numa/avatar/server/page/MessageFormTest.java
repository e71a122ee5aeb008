package io.numa.avatar.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The form for messages to an agent, in a browser without scripts. */
class MessageFormTest {
  private static final String TASK = "/tasks/1042";
  private static final String HOSTILE = "</textarea><script>alert(1)</script>\" x=\"\u202e";

  private SampleServer sample;
  private String cookie;

  @BeforeEach
  void logIn() throws Exception {
    sample = new SampleServer(0);
    cookie = newCookie();
  }

  @AfterEach
  void stop() {
    sample.close();
  }

  private String newCookie() throws Exception {
    String link = sample.server.loginLink();
    HttpResponse<String> login =
        send(HttpRequest.newBuilder(uri(link.substring(link.indexOf("/login")))));
    return login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  @Test
  void aMessageReachesTheAgent() throws Exception {
    Element form = page(TASK).selectFirst("form#say");
    assertThat(form.hasAttr("hidden")).isFalse();
    String key = form.selectFirst("input[name=key]").val();

    HttpResponse<String> answer =
        post(Map.of("key", key, "author", "Zoë & co", "text", "Take XML.\n登录 + tests"));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains(TASK);
    assertThat(sample.avatar.orders).containsExactly("say 1042 Zoë & co: Take XML.\n登录 + tests");
  }

  @Test
  void aFormThatIsNotOfThisClientsPageSaysNothing() throws Exception {
    String key = key(page(TASK));
    sample.avatar.orders.clear();

    assertThat(post(Map.of("text", "Take XML.")).statusCode()).isEqualTo(403);
    assertThat(post(Map.of("text", "Take XML.", "key", "wrong")).statusCode()).isEqualTo(403);
    cookie = cookie.replaceFirst("=[0-9]+", "=1");
    assertThat(post(Map.of("text", "Take XML.", "key", key)).statusCode()).isEqualTo(401);
    assertThat(sample.avatar.orders).isEmpty();
  }

  @Test
  void aRefusedMessageIsShownAgainWithTheReason() throws Exception {
    String key = key(page(TASK));
    sample.avatar.refusal = Optional.of("its change is being delivered");

    HttpResponse<String> answer =
        post(Map.of("key", key, "author", HOSTILE, "text", "\n" + HOSTILE));

    assertThat(answer.statusCode()).isEqualTo(409);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.selectFirst("#say [role=alert]").text())
        .isEqualTo("task 1042 takes no message: its change is being delivered");
    assertThat(page.selectFirst("#say textarea").text())
        .contains("</textarea><script>alert(1)</script>")
        .doesNotContain("\u202e");
    assertThat(page.selectFirst("#say input[name=author]").val()).startsWith("</textarea>");
    assertThat(page.select("#say script")).isEmpty();
    assertThat(key(page)).isEqualTo(key);
  }

  @Test
  void aMessageWithoutTextIsRefused() throws Exception {
    HttpResponse<String> answer = post(Map.of("key", key(page(TASK)), "text", "  "));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Jsoup.parse(answer.body()).selectFirst("#say [role=alert]").text())
        .isEqualTo("the message has no text");
  }

  @Test
  void onlyARunningTaskHasTheForm() throws Exception {
    assertThat(page("/tasks/1041").select("form#say")).isEmpty();
    assertThat(page(TASK + "?part=story").select("form#say")).isEmpty();
    assertThat(page(TASK).select("#story[data-takes-messages]")).hasSize(1);
  }

  private static String key(Document page) {
    return page.selectFirst("form#say input[name=key]").val();
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(send(HttpRequest.newBuilder(uri(path)).header("Cookie", cookie)).body());
  }

  private HttpResponse<String> post(Map<String, String> form) throws Exception {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri(TASK + "/messages"))
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + sample.server.address().getPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
