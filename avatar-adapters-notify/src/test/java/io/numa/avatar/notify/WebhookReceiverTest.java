package io.numa.avatar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.Notice.Link;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each template against a hook that takes, fails, is slow, and redirects. */
class WebhookReceiverTest {
  private static final String TOKEN = "t0ken-of-the-hook";
  private static final String PATH = "/hook?access_token=" + TOKEN;
  private static final String HOSTILE =
      "<!channel> [here](https://evil.example) *x* <at user_id=\"all\"></at>";
  private static final Notice NOTICE =
      new Notice(
          "outcome 1",
          Set.of(NoticeEvent.FAILED, NoticeEvent.DENIED),
          Instant.parse("2025-08-03T12:00:00Z"),
          "avatar_001",
          Optional.of("7"),
          HOSTILE,
          "failed at test",
          "tests_failed: 1 of 3\n" + HOSTILE,
          List.of(new Link("change request", "https://git.example.com/7?a=1&b=2")));

  private final ManualClock clock = ManualClock.at("2025-08-03T12:00:01.234Z");
  private Hook hook;

  @BeforeEach
  void open() throws IOException {
    hook = new Hook();
  }

  @AfterEach
  void close() {
    hook.close();
  }

  @ParameterizedTest
  @EnumSource
  void sendsAMessageOnce(Template template) throws Exception {
    hook.answer(200, accepted(template));

    deliver(template);

    assertThat(hook.received()).hasSize(1);
    assertThat(hook.received().get(0).uri()).hasToString(PATH);
    assertThat(hook.received().get(0).body())
        .contains("failed at test", "1 of 3", "https://git.example.com/7", "avatar_001");
  }

  @ParameterizedTest
  @EnumSource
  void failsWhereTheHookFails(Template template) {
    hook.answer(500, "no access_token=" + TOKEN + " today");

    assertThatThrownBy(() -> deliver(template))
        .isInstanceOfSatisfying(
            PortException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .hasMessage(
            "could not send a notice to "
                + template.word()
                + " at 127.0.0.1: it answered 500: no access_token=*** today")
        .hasNoCause();
  }

  @ParameterizedTest
  @EnumSource
  void failsWhereTheHookIsSlow(Template template) {
    var never = new CountDownLatch(1);
    hook.answer(
        exchange -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatThrownBy(() -> deliver(template))
        .hasMessageEndingWith("it did not answer in time")
        .hasNoCause();
    never.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void followsNoRedirection(Template template) throws Exception {
    try (var other = new Hook()) {
      hook.answer(
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url("/else?" + TOKEN));
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
          });

      assertThatThrownBy(() -> deliver(template))
          .hasMessageContaining("it redirects to 127.0.0.1:")
          .hasMessageEndingWith(", and redirections are not followed")
          .hasMessageNotContaining(TOKEN);
      assertThat(other.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsWithoutAConnection(Template template) {
    hook.close();

    assertThatThrownBy(() -> deliver(template))
        .hasMessageEndingWith("there is no connection")
        .hasNoCause();
  }

  @ParameterizedTest
  @EnumSource(names = {"DINGTALK", "FEISHU"})
  void readsARefusalInASuccessfulAnswer(Template template) {
    String code = template == Template.DINGTALK ? "errcode" : "code";
    String text = template == Template.DINGTALK ? "errmsg" : "msg";
    hook.answer(200, "{\"" + code + "\":19021,\"" + text + "\":\"sign not match\"}");
    assertThatThrownBy(() -> deliver(template))
        .hasMessageEndingWith("it refused: " + code + " 19021: sign not match");

    hook.answer(200, "<html>a proxy</html>");
    assertThatThrownBy(() -> deliver(template))
        .hasMessageContaining("it refused: its answer has no " + code);
  }

  @Test
  void takesTheOlderAnswerOfFeishu() throws Exception {
    hook.answer(200, "{\"StatusCode\":0,\"StatusMessage\":\"success\"}");

    deliver(Template.FEISHU);

    hook.answer(200, "{\"StatusCode\":9499,\"StatusMessage\":\"Bad Request\"}");
    assertThatThrownBy(() -> deliver(Template.FEISHU)).hasMessageContaining("StatusCode 9499");
  }

  @Test
  void signsForDingTalkInTheAddressAndForFeishuInTheBody() throws Exception {
    var secret = new Secret("SECabc");
    hook.answer(200, "{\"errcode\":0}");
    receiver(Template.DINGTALK, Optional.of(secret)).deliver(NOTICE);
    hook.answer(200, "{\"code\":0}");
    receiver(Template.FEISHU, Optional.of(secret)).deliver(NOTICE);

    assertThat(hook.received().get(0).uri().getQuery())
        .isEqualTo(
            "access_token="
                + TOKEN
                + "&timestamp=1754222401234&sign="
                + Signature.ofDingTalk(secret, 1_754_222_401_234L));
    assertThat(hook.received().get(0).uri().getRawQuery()).doesNotContain("+");
    JsonNode body = Json.parse(hook.received().get(1).body()).orElseThrow();
    assertThat(body.path("timestamp").asText()).isEqualTo("1754222401");
    assertThat(body.path("sign").asText()).isEqualTo(Signature.ofFeishu(secret, 1_754_222_401L));
    assertThat(hook.received().get(1).uri().getQuery()).isEqualTo("access_token=" + TOKEN);
  }

  @Test
  void letsNoWordsOfATaskBecomeMentionsOrLinks() {
    JsonNode slack = Messages.of(Template.SLACK, NOTICE);
    assertThat(slack.path("text").asText())
        .contains("&lt;!channel&gt;")
        .doesNotContain("<!channel>");
    assertThat(slack.path("blocks").findValuesAsText("type"))
        .containsOnly("section", "plain_text", "mrkdwn", "context");
    assertThat(slack.at("/blocks/2/text/text").asText())
        .isEqualTo("<https://git.example.com/7?a=1&amp;b=2|change request>");

    JsonNode teams = Messages.of(Template.TEAMS, NOTICE);
    assertThat(teams.findValuesAsText("type")).doesNotContain("TextBlock").contains("TextRun");

    JsonNode dingTalk = Messages.of(Template.DINGTALK, NOTICE);
    assertThat(dingTalk.path("msgtype").asText()).isEqualTo("text");
    assertThat(dingTalk.at("/at/isAtAll").asBoolean(true)).isFalse();

    JsonNode feishu = Messages.of(Template.FEISHU, NOTICE);
    assertThat(feishu.findValuesAsText("tag")).containsOnly("text", "a");
    assertThat(feishu.findValuesAsText("un_escape")).isEmpty();
  }

  @Test
  void knowsAHookAgainWithoutTellingItsAddress() {
    var one = receiver(Template.SLACK, Optional.empty());

    assertThat(one.id())
        .isEqualTo(receiver(Template.SLACK, Optional.empty()).id())
        .isNotEqualTo(receiver(Template.TEAMS, Optional.empty()).id())
        .doesNotContain(TOKEN);
    assertThat(one.name()).isEqualTo("slack at 127.0.0.1");
    var hook = new Webhook(new Secret(TOKEN), Template.SLACK, Optional.empty(), Set.of());
    assertThat(hook.toString()).doesNotContain(TOKEN);
  }

  private static String accepted(Template template) {
    return switch (template) {
      case DINGTALK -> "{\"errcode\":0,\"errmsg\":\"ok\"}";
      case FEISHU -> "{\"code\":0,\"msg\":\"success\",\"data\":{}}";
      case SLACK -> "ok";
      case TEAMS, JSON -> "";
    };
  }

  private void deliver(Template template) throws InterruptedException {
    receiver(template, Optional.empty()).deliver(NOTICE);
  }

  private WebhookReceiver receiver(Template template, Optional<Secret> secret) {
    var address = new Secret(hook.url(PATH));
    return new WebhookReceiver(
        new Webhook(address, template, secret, Set.of(NoticeEvent.FAILED)),
        Redactor.of(List.of(new Secret(TOKEN))),
        clock,
        Duration.ofMillis(700));
  }
}
