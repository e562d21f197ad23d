"""Runs one Firetask of Python for lpad's rocket, in the Python that the user has chosen.

The request is JSON on file descriptor 3, the reply one line of JSON on 4: {"action": ...} or {"error": ...}. FireWorks
is imported only where it is needed: PyTask and TemplateWriterTask do without.
"""

import builtins
import datetime
import json
import os
import re
import sys
import traceback

# Functions are looked for where FireWorks' rlaunch would find them; this file's folder is no such place.
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != os.path.dirname(os.path.abspath(__file__))]

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$")


def stored(value):
    """As FireWorks' recursive_dict: what a database can hold."""
    if value is None:
        return None
    if hasattr(value, "as_dict"):
        return stored(value.as_dict())
    if hasattr(value, "to_dict"):
        return stored(value.to_dict())
    if isinstance(value, dict):
        return {stored(key): stored(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [stored(item) for item in value]
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if type(value).__module__ == "numpy" and hasattr(value, "tolist") and hasattr(value, "ndim") and value.ndim > 0:
        return stored(value.tolist())
    return str(value)


def is_dumped(value):
    """Whether FireWorks would make an object of it, or of a part of it, when it reads a spec."""
    if isinstance(value, dict):
        return "_fw_name" in value or ("@module" in value and "@class" in value) or any(map(is_dumped, value.values()))
    if isinstance(value, list):
        return any(map(is_dumped, value))
    return isinstance(value, str) and DATE.match(value) is not None


def loaded(value, request):
    """Data of a spec as the rocket of FireWorks hands it to a Firetask; as it is where FireWorks is not installed."""
    if not is_dumped(value):
        return value
    try:
        serializers = import_fireworks(request, "fireworks.utilities.fw_serializers")
    except ImportError:
        return value
    return serializers._recursive_load(value)


def import_fireworks(request, name):
    """FireWorks looks for FW_config.yaml in the current folder: let it be that in which the rocket was started."""
    import importlib

    here = os.getcwd()
    os.chdir(request["started_in"])
    try:
        return importlib.import_module(name)
    finally:
        os.chdir(here)


def is_action(value):
    """An FWAction: whoever returns one has imported FireWorks."""
    module = sys.modules.get("fireworks.core.firework")
    return module is not None and isinstance(value, module.FWAction)


OWN_PARAMETERS = {
    "func", "args", "kwargs", "auto_kwargs", "stored_data_varname", "inputs", "outputs", "chunk_number",
}  # fmt: skip


def run_py_task(request):
    """FireWorks' PyTask.run_task."""
    task = request["parameters"]
    spec = request["spec"]
    names = task["func"].rsplit(".", 1)
    if len(names) == 2:
        module = __import__(names[0], globals(), locals(), [names[1]], 0)
        func = getattr(module, names[1])
    else:
        func = getattr(builtins, names[0])
    args = list(loaded(task.get("args", []), request))
    inputs = task.get("inputs", [])
    assert isinstance(inputs, list)
    args += [loaded(spec[item], request) for item in inputs]
    if task.get("auto_kwargs"):
        kwargs = {key: item for key, item in task.items() if not (key.startswith("_") or key in OWN_PARAMETERS)}
    else:
        kwargs = task.get("kwargs", {})
    output = func(*args, **loaded(kwargs, request))
    return output if is_action(output) else action_of(task, output)


def action_of(task, output):
    action = {}
    outputs = task.get("outputs", [])
    assert isinstance(outputs, list)
    if len(outputs) == 1:
        if task.get("chunk_number") is None:
            action["update_spec"] = {outputs[0]: output}
        else:
            items = output if isinstance(output, (list, tuple, set)) else [output]
            action["mod_spec"] = [{"_push": {outputs[0]: item}} for item in items]
    elif len(outputs) > 1:
        assert isinstance(output, (list, tuple, set))
        assert len(output) == len(outputs)
        action["update_spec"] = dict(zip(outputs, output))
    if task.get("stored_data_varname"):
        action["stored_data"] = {task["stored_data_varname"]: output}
    return action or None


def write_template(request):
    """FireWorks' TemplateWriterTask.run_task, with what it means: plain text is not escaped, append appends."""
    from jinja2 import Environment, FileSystemLoader

    task = request["spec"] if request["parameters"].get("use_global_spec") else request["parameters"]
    context, output_file = task["context"], task["output_file"]
    folder = task.get("template_dir") or request["template_dir"] or own_templates(request)
    template_file = os.path.join(folder, task["template_file"])
    if not os.path.exists(template_file):
        raise ValueError(f"TemplateWriterTask could not find a template file at: {template_file}")
    with open(template_file) as file:
        template = Environment(loader=FileSystemLoader(folder), autoescape=False).from_string(file.read())
    text = template.render(loaded(context, request))
    with open(output_file, "a" if task.get("append") else "w") as file:
        file.write(text)


def own_templates(request):
    """The templates that come with FireWorks."""
    try:
        module = import_fireworks(request, "fireworks.user_objects.firetasks.templatewriter_task")
    except ImportError:
        raise ValueError("TemplateWriterTask needs template_dir, or TEMPLATE_DIR in FW_config.yaml") from None
    return os.path.join(os.path.dirname(os.path.abspath(module.__file__)), "templates")


def run_fireworks_task(request):
    """Any Firetask that FireWorks finds by its name."""
    serializers = import_fireworks(request, "fireworks.utilities.fw_serializers")
    task = serializers.load_object({**request["parameters"], "_fw_name": request["name"]})
    spec = {key: item if key == "_tasks" else loaded(item, request) for key, item in request["spec"].items()}
    if spec.get("_add_launchpad_and_fw_id"):
        task.fw_id = request["fw_id"]
        task.launchpad = launchpad_of(request)
    if spec.get("_add_fworker"):
        from fireworks.core.fworker import FWorker

        worker = request["worker"]
        task.fworker = FWorker(worker["name"], worker["category"], json.loads(worker["query"]), worker["env"])
    return task.run_task(spec)


def launchpad_of(request):
    from fireworks.core.launchpad import LaunchPad

    settings = request["launchpad"]
    if settings is None:
        raise ValueError("_add_launchpad_and_fw_id: FireWorks has no access to this database")
    return LaunchPad(**settings)


KINDS = {"PyTask": run_py_task, "TemplateWriterTask": write_template}


def outcome_of(request):
    try:
        return {"action": stored(KINDS.get(request["name"], run_fireworks_task)(request))}
    except BaseException as error:  # noqa: BLE001 - as the rocket of FireWorks, which stores also sys.exit()
        return {"error": told(error)}


def told(error):
    frames = error.__traceback__
    # What happened in this file interests nobody.
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__ and frames.tb_next is not None:
        frames = frames.tb_next
    text = "".join(traceback.format_exception(type(error), error, frames))
    try:
        details = stored(error.to_dict()) if hasattr(error, "to_dict") else None
    except BaseException:  # noqa: BLE001 - the failure itself is what must be told
        details = None
    return {"name": type(error).__name__, "message": str(error), "stack_trace": text, "details": details}


def main():
    with os.fdopen(3, encoding="utf-8") as pipe:
        request = json.load(pipe)
    # Programs that the Firetask starts must not keep the reply open.
    os.set_inheritable(4, False)
    outcome = outcome_of(request)
    try:
        line = json.dumps(outcome)
    except Exception as error:  # noqa: BLE001
        line = json.dumps({"error": told(error)})
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    with os.fdopen(4, "w", encoding="utf-8") as pipe:
        pipe.write(line + "\n")


if __name__ == "__main__":
    main()
