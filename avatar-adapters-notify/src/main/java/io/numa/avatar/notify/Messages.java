package io.numa.avatar.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.notice.Notice;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notices in the forms of chats. Titles and reasons are words of others: they stand only where a
 * service shows text as it is, so that they make no link, no mention and no other format.
 */
final class Messages {
  private Messages() {}

  static ObjectNode of(Template template, Notice notice) {
    return switch (template) {
      case SLACK -> slack(notice);
      case TEAMS -> teams(notice);
      case DINGTALK -> dingTalk(notice);
      case FEISHU -> feishu(notice);
      case JSON -> NoticeDocument.of(notice);
    };
  }

  /** Who says it, and when. Robots may demand a word in each message; this has always the same. */
  private static String signature(Notice notice) {
    return "Numa Avatar " + notice.avatar() + ", " + notice.at();
  }

  private static ObjectNode slack(Notice notice) {
    ObjectNode message = Json.object().put("text", escaped(notice.headline()));
    ArrayNode blocks = message.putArray("blocks");
    addSlackText(blocks, "section", notice.headline());
    if (!notice.reason().isEmpty()) {
      addSlackText(blocks, "section", notice.reason());
    }
    if (!notice.links().isEmpty()) {
      String links =
          notice.links().stream()
              .map(link -> "<" + escaped(link.url()) + "|" + escaped(link.name()) + ">")
              .collect(Collectors.joining(" · "));
      blocks
          .addObject()
          .put("type", "section")
          .putObject("text")
          .put("type", "mrkdwn")
          .put("text", links);
    }
    ObjectNode context = blocks.addObject().put("type", "context");
    addSlackText(context.putArray("elements").addObject(), signature(notice));
    return message;
  }

  private static void addSlackText(ArrayNode blocks, String type, String text) {
    addSlackText(blocks.addObject().put("type", type).putObject("text"), text);
  }

  private static void addSlackText(ObjectNode target, String text) {
    target.put("type", "plain_text").put("text", text).put("emoji", false);
  }

  /** The three characters that Slack gives a meaning in text. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static ObjectNode teams(Notice notice) {
    ObjectNode message = Json.object().put("type", "message");
    ObjectNode attachment = message.putArray("attachments").addObject();
    ObjectNode card =
        attachment
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .putObject("content")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4");
    ArrayNode body = card.putArray("body");
    addRun(body, notice.headline()).put("weight", "Bolder");
    if (!notice.reason().isEmpty()) {
      notice.reason().lines().forEach(line -> addRun(body, line));
    }
    addRun(body, signature(notice)).put("isSubtle", true).put("size", "Small");
    ArrayNode actions = card.putArray("actions");
    notice
        .links()
        .forEach(
            link ->
                actions
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", link.name())
                    .put("url", link.url()));
    return message;
  }

  /** A run of text, unlike a block of text, knows no Markdown. */
  private static ObjectNode addRun(ArrayNode body, String text) {
    return body.addObject()
        .put("type", "RichTextBlock")
        .putArray("inlines")
        .addObject()
        .put("type", "TextRun")
        .put("text", text);
  }

  private static ObjectNode dingTalk(Notice notice) {
    ObjectNode message = Json.object().put("msgtype", "text");
    message.putObject("text").put("content", text(notice));
    message.putObject("at").put("isAtAll", false);
    return message;
  }

  /** All of it as lines of text. */
  private static String text(Notice notice) {
    return Stream.of(
            Stream.of(notice.headline(), notice.reason()),
            notice.links().stream().map(link -> link.name() + ": " + link.url()),
            Stream.of(signature(notice)))
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static ObjectNode feishu(Notice notice) {
    ObjectNode message = Json.object().put("msg_type", "post");
    ObjectNode post =
        message
            .putObject("content")
            .putObject("post")
            .putObject("en_us")
            .put("title", notice.headline());
    ArrayNode lines = post.putArray("content");
    Stream.of(notice.reason(), signature(notice))
        .filter(text -> !text.isEmpty())
        .forEach(text -> lines.addArray().addObject().put("tag", "text").put("text", text));
    notice
        .links()
        .forEach(
            link ->
                lines
                    .addArray()
                    .addObject()
                    .put("tag", "a")
                    .put("text", link.name())
                    .put("href", link.url()));
    return message;
  }
}
