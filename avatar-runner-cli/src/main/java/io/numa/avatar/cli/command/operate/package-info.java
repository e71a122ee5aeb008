/**
 * The operator's commands: what an avatar does and has done, and what it is told to do.
 *
 * <p>Each asks the running avatar by its control socket, or reads its state directory if none runs.
 * Begin with {@link io.numa.avatar.cli.command.operate.OperateCommands}.
 */
@NullMarked
package io.numa.avatar.cli.command.operate;

import org.jspecify.annotations.NullMarked;
