package io.numa.avatar.operation.advice;

import io.numa.avatar.task.FailureKind;

/** The sentences of advice in Chinese. */
final class ChineseAdvice {
  private ChineseAdvice() {}

  static AdviceText of(FailureKind kind) {
    return switch (kind) {
      case INVALID_TASK -> new AdviceText("任务或其应用缺少某个字段，或字段无效。", "消息中写明了是哪个字段。请在后端改正，然后重新下发任务。");
      case INVALID_PLAN ->
          new AdviceText(
              "计划、计划中的补丁或仓库里的 `.numa.yaml` 不合规则。",
              "`avatar plan check` 会列出计划的全部错误及位置。每种步骤的说明见 docs/plan.md。");
      case NO_AGENT ->
          new AdviceText(
              "任务需要编码智能体，而这个 Avatar 没有配置智能体，或没有该名称的智能体。",
              "请检查配置中的 `agents.available` 以及任务里写的名称。其他配置了该智能体的 Avatar 可以接手。");
      case AGENT_LOGIN ->
          new AdviceText(
              "模型服务拒绝了智能体的密钥，或智能体要求自行登录。", "请检查该智能体的 `api.key`，再运行 `avatar doctor --agents`。");
      case AGENT_UNAVAILABLE ->
          new AdviceText(
              "智能体程序无法启动，或模型服务不可用、超出速率限制。", "运行 `avatar doctor` 可以知道程序是否存在。如果存在，请查看模型服务的状态和速率限制。");
      case AGENT_FAILED ->
          new AdviceText("智能体崩溃、报错或以未知方式结束。", "日志末尾有智能体的输出。请确认其版本是 docs/agents.md 中列出的版本。");
      case AGENT_REFUSED -> new AdviceText("智能体或其模型拒绝执行这项工作。", "日志中有拒绝的理由。请换一种说法，或去掉被拒绝的部分。");
      case AGENT_TIME ->
          new AdviceText("智能体的时间已用完。", "请缩小任务，或调高该智能体的 `limits.time`。已完成的改动保存在留存的补丁里。");
      case AGENT_SILENT ->
          new AdviceText(
              "智能体或它的某个工具太久没有任何动静。", "日志中有最后调用的工具。常见原因是命令在等待输入，或模型很慢；允许静默多久由该智能体的 `limits` 决定。");
      case AGENT_LOOP -> new AdviceText("智能体一再得到相同的结果。", "日志中有它重复的调用，或它修不好的失败。请在任务中说明遇到这种情况该怎么做。");
      case AGENT_BUDGET ->
          new AdviceText(
              "任务的轮数、词元或费用已用完，或所有智能体的预算已用完。",
              "日志中说明是哪一种。请缩小任务，或调高该智能体的 `limits` 或 `agents.budget`；预算在下一天或下个月重新开始。");
      case SANDBOX_UNAVAILABLE ->
          new AdviceText(
              "这台机器无法提供配置所要求的沙箱。",
              "`avatar doctor` 和 `avatar sandbox check` 会指出缺少什么，多半是没有安装 bubblewrap，"
                  + "或内核禁止用户命名空间。各级别的要求见 docs/security.md。");
      case NOT_FOUND ->
          new AdviceText(
              "任务、应用、仓库或分支不存在，或 Avatar 无权查看。",
              "请核对消息中的名称。令牌没有读取权限时，许多托管服务也会回答“不存在”，这时需要运维人员给令牌加权限。");
      case UNAUTHORIZED ->
          new AdviceText(
              "后端或 Git 服务拒绝了 Avatar 的凭据，或没有为其配置凭据。",
              "消息中写明了主机。请检查 `git.credentials` 或 `backend.api_token`："
                  + "令牌可能已过期或权限不足。`avatar doctor` 会逐一尝试。");
      case TAKEN ->
          new AdviceText(
              "任务已由另一个 Avatar 领取，本 Avatar 没有动它。", "多个 Avatar 共用一个主题时，这很正常。如果只有一个，则是后端还记着较早的领取记录。");
      case UNAVAILABLE ->
          new AdviceText(
              "网络、服务器或磁盘出现故障。",
              "消息中写明了主机或路径。报告之前已经重试过一段时间，所以请查看是否有服务中断、代理问题、磁盘已满或地址错误。" + "`avatar doctor` 会逐一检查。");
      case INVALID_ANSWER ->
          new AdviceText("服务器的回答无效，重试后仍然如此。", "消息中有地址。常见的情况是代理或登录页代替服务器作了回答；否则就是服务器的 API 版本不同。");
      case DENIED ->
          new AdviceText(
              "工作触及了不允许的内容：受保护的路径、工作树以外的位置、未放行的主机、密钥，或超出大小限制。",
              "消息中写明了规则。请修改计划或任务；如果工作本身没有问题，由运维人员调整 `guard`、`execution` 或 `git.allowed_urls`。");
      case CONFLICT -> new AdviceText("工作树与步骤的预期不符，或其他人同时改了同一处。", "消息中写明了文件。请基于分支的最新提交重新制作计划或补丁。");
      case COMMAND_FAILED ->
          new AdviceText(
              "计划或测试的命令以意外的退出码结束，或无法启动。", "日志中有命令最后的输出。如果同样的命令在别处能成功，常见原因是沙箱里缺少程序，或沙箱没有放行某个主机。");
      case TIMEOUT ->
          new AdviceText(
              "某个命令或整个任务超过了时限。", "消息中写明了是哪个时限。请调高步骤的 `timeout` 或 `execution` 中的时限，或在日志中查看命令在等待什么。");
      case TESTS_FAILED ->
          new AdviceText("改动后项目的测试没有通过，因此没有推送任何内容。", "任务详情中列出了失败的测试，改动之前就已失败的标为已知。改动保存在留存的补丁里。");
      case REVIEW_FAILED ->
          new AdviceText(
              "另一个智能体的评审在改动中发现了必须修复的问题，或没有给出结论，因此没有推送任何内容。",
              "任务详情中列出了评审的发现，改动保存在留存的补丁里。如果评审有误，请在任务中写明怎样才是对的，或把 `review.action` 设为 `report`。");
      case NO_CHANGES ->
          new AdviceText(
              "工作没有改变任何文件。",
              "也许分支里已经有这项改动。如果计划本来就可能没有改动，请写上 `allow_empty: true`。如果用的是智能体，请更明确地说明要改什么。");
      case PUSH_REJECTED ->
          new AdviceText(
              "Git 托管服务拒绝了推送，或目标分支变动过于频繁。",
              "消息中有服务的原话：受保护的分支、钩子、对提交说明或作者的规则，或配额已满。请让 Avatar 推送到其他分支，或修改规则。");
      case INTERRUPTED ->
          new AdviceText(
              "在允许的每次尝试中，Avatar 都被中止。",
              "请在 Avatar 的日志中查看停止的原因：重启、内存不足或被杀死。然后重新下发任务。尝试次数由 `execution.max_attempts` 决定。");
      case INTERNAL ->
          new AdviceText("Avatar 自身有缺陷。", "Avatar 的日志中有代码位置。请连同 `avatar --version` 显示的版本一起反馈。");
    };
  }
}
