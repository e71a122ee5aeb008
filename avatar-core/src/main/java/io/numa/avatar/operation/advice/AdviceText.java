package io.numa.avatar.operation.advice;

/**
 * Advice in one language. Both are one or a few sentences, in which backquotes mark names, as in
 * Markdown.
 *
 * @param meaning what has happened
 * @param lookAt what to look at, and what to do
 */
public record AdviceText(String meaning, String lookAt) {}
