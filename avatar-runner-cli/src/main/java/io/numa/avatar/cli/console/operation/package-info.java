/**
 * Prints the JSON documents of an avatar as text for people: its status, lists of tasks, the story
 * of a task.
 *
 * <p>The operator's commands choose a text. It is the same whether a running avatar has made the
 * document or the command itself. Begin with {@link io.numa.avatar.cli.console.operation.Sheet}.
 */
@NullMarked
package io.numa.avatar.cli.console.operation;

import org.jspecify.annotations.NullMarked;
