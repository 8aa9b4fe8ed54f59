#pragma once
/* commands.h: the functions behind the rows of commands.c, a file each (those of
 * `plan` and of `operator` in one). */
#include "web/command/command.h"

enum exit_code command_serve(const struct invocation *call);
enum exit_code command_plan_check(const struct invocation *call);
enum exit_code command_plan_apply(const struct invocation *call);
enum exit_code command_plan_show(const struct invocation *call);
enum exit_code command_codes(const struct invocation *call);
enum exit_code command_links(const struct invocation *call);
enum exit_code command_import(const struct invocation *call);
enum exit_code command_publish(const struct invocation *call);
enum exit_code command_published_list(const struct invocation *call);
enum exit_code command_published_show(const struct invocation *call);
enum exit_code command_published_compare(const struct invocation *call);
enum exit_code command_report(const struct invocation *call);
enum exit_code command_rehearse(const struct invocation *call);
enum exit_code command_stats(const struct invocation *call);
enum exit_code command_evidence(const struct invocation *call);
enum exit_code command_verify(const struct invocation *call);
enum exit_code command_copy(const struct invocation *call);
enum exit_code command_backup(const struct invocation *call);
enum exit_code command_restore(const struct invocation *call);
enum exit_code command_operator_add(const struct invocation *call);
enum exit_code command_operator_list(const struct invocation *call);
enum exit_code command_operator_disable(const struct invocation *call);
enum exit_code command_operator_reset(const struct invocation *call);
enum exit_code command_version(const struct invocation *call);
