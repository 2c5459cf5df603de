"""What the SDK expects of every answer, beyond the guide's examples."""

import inspect
import json
import re

import cloudtower.api
from cloudtower import ApiClient, Configuration, ReportTemplateApi, models
from cloudtower.api.api_info_api import ApiInfoApi
from cloudtower.exceptions import ApiException, NotFoundException, ServiceException

from tower import URL, TowerTest


def bodies(cluster):
    """What those need that don't answer an empty body."""
    return {
        "get_cluster_storage_info": {
            "where": {},
            "effect": {"replica": [2], "ec": [{"k": 4, "m": 2}]},
        },
        "get_discover_hosts": {"cluster": {"id": cluster.id}},
        "get_log_service_configs": {"input": {"cluster": {"id": cluster.id}}},
    }


PRIMITIVES = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}


def differences(value, declared, path):
    """Where a decoded answer is not what the SDK declares it to be."""
    if value is None or declared == "object":
        return []
    if declared.startswith("list["):
        if not isinstance(value, list):
            return ["{} is no list: {!r}".format(path, value)]
        return [
            each
            for element in value
            for each in differences(element, declared[5:-1], path + "[]")
        ]
    if declared in PRIMITIVES:
        fits = isinstance(value, PRIMITIVES[declared])
        if fits and (declared == "bool" or not isinstance(value, bool)):
            return []
        return ["{} is no {}: {!r}".format(path, declared, value)]
    model = getattr(models, declared)
    if hasattr(model, "allowable_values"):
        known = value in model.allowable_values
        return [] if known else ["{} is no {}: {!r}".format(path, declared, value)]
    return [
        each
        for name, field in model.openapi_types.items()
        for each in missing(value, model, name, path)
        + differences(getattr(value, name), field, "{}.{}".format(path, name))
    ]


def missing(value, model, name, path):
    """A required field that the answer left out: its setter would not have taken None.

    Not __typename, which is optional, although the SDK cannot be told that there is none.
    """
    if name == "typename" or getattr(value, name) is not None:
        return []
    try:
        setattr(model(), name, None)
        return []
    except ValueError:
        return ["{}.{} is required, but not there".format(path, name)]


def list_operations():
    """The SDK's operations that list something: (api class, method, declared result)."""
    for name, api in sorted(vars(cloudtower.api).items()):
        if not name.endswith("Api"):
            continue
        for method, function in vars(api).items():
            if not method.startswith("get_") or method.endswith("_with_http_info"):
                continue
            parameters = list(inspect.signature(function).parameters)
            if re.match("get_.*_request_body$", parameters[1]):
                result = re.search(":rtype: (.*)", function.__doc__).group(1)
                if result.startswith("list[") or method.endswith("_connection"):
                    yield api, method, result


class Answers(TowerTest):
    """Answers"""

    def test_every_list(self):
        """Every list operation answers what the SDK declares"""
        operations = list(list_operations())
        self.assertGreater(len(operations), 200)
        needed = bodies(self.cluster)
        for api, method, declared in operations:
            with self.subTest(method):
                answer = getattr(api(self.client), method)(needed.get(method, {}))
                found = differences(answer, declared, method)
                self.assertEqual([], sorted(set(found))[:10])

    def test_not_built(self):
        """Operations that are not built say so"""
        with self.assertRaises(ServiceException) as refused:
            ReportTemplateApi(self.client).delete_report_template({"where": {"id": "none"}})
        self.assertEqual(501, refused.exception.status)
        self.assertIn("delete-report-template", refused.exception.body)

    def test_counts(self):
        """Every list has as many elements as its connection counts"""
        for api, method, _ in list_operations():
            if not method.endswith("_connection"):
                continue
            with self.subTest(method):
                listed = getattr(api(self.client), method[: -len("_connection")], None)
                if listed is not None:
                    count = getattr(api(self.client), method)({}).aggregate.count
                    self.assertEqual(count, len(listed({})))

    def test_request_id(self):
        """Every answer has a request id of its own"""
        ids = [
            self.vm_api.get_vms_with_http_info({"first": 0})[2]["x-tower-request-id"]
            for _ in range(2)
        ]
        self.assertEqual(2, len(set(ids)))

    def test_version(self):
        """The version is there for everybody"""
        version = ApiInfoApi(ApiClient(Configuration(host=URL))).get_api_version()
        self.assertRegex(version, r"^\d+\.\d+\.\d+$")


class Refusals(TowerTest):
    """Refusals"""

    def refusal(self, status, operation, body):
        with self.assertRaises(ApiException) as refused:
            operation(body)
        self.assertEqual(status, refused.exception.status, refused.exception.body)
        error = json.loads(refused.exception.body)
        self.assertEqual(status, error["status"])
        return error

    def test_unknown_field(self):
        """An unknown field is refused, naming the nearest"""
        error = self.refusal(400, self.vm_api.get_vms, {"where": {"nmae": "web"}})
        self.assertEqual("/get-vms", error["path"])
        self.assertIn("nmae", error["message"])
        self.assertIn("name", error["message"])

    def test_unknown_enum(self):
        """An unknown value of an enum is refused"""
        error = self.refusal(400, self.vm_api.get_vms, {"where": {"status": "RUNING"}})
        self.assertIn("RUNING", error["message"])

    def test_unknown_reference(self):
        """An id that nothing has is refused as not found"""
        error = self.refusal(404, self.vm_api.create_vm, [self.blank(cluster_id="no-such-cluster")])
        self.assertIn("no-such-cluster", error["message"])
        with self.assertRaises(NotFoundException):
            self.vm_api.create_vm([self.blank(cluster_id="no-such-cluster")])

    def test_wrong_state(self):
        """A VM that runs already is not started"""
        error = self.refusal(400, self.vm_api.start_vm, {"where": {"id": self.a_guest()}})
        self.assertIn("RUNNING", error["message"])

    def test_nothing_matches(self):
        """Where nothing matches, nothing happens"""
        self.assertEqual([], self.vm_api.start_vm({"where": {"id": "no-such-vm"}}))

    def test_duplicate_name(self):
        """A name that is taken is refused"""
        name = self.vm(self.a_vm()).name
        error = self.refusal(400, self.vm_api.create_vm, [self.blank(name=name)])
        self.assertIn("VM_DUPLICATE", error["message"])
