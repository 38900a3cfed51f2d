//! Causes of failed items, with messages as the clouds write them. The appliance's own failure texts are
//! not documented (CONTRACT.md 2.4, 10). It is known that errors of a cloud pass through (CONTRACT.md
//! 11.18), so the messages follow the error classes that the clouds document. That `detailed_status`
//! contains them in this form is an assumption.

/// A cause of failures.
#[derive(Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its name in this simulator: the cloud (the first part of a family's path, `network` or `cm`), a
    /// dash, and the reason. Unique.
    pub name: &'static str,
    /// A part of every message of this cause that names it: its error class, if it has one.
    pub class: &'static str,
    /// The message, with placeholders in braces for what differs from item to item.
    pub(super) text: &'static str,
}

const fn cause(name: &'static str, class: &'static str, text: &'static str) -> Cause {
    Cause { name, class, text }
}

/// Every cause. The first ones of a cloud are its most frequent ones.
pub const CAUSES: &[Cause] = &[
    cause(
        "aws-access-denied",
        "AccessDeniedException",
        "AccessDeniedException: User: arn:aws:iam::{account}:role/cckm-sync is not authorized to perform: kms:DescribeKey on resource: arn:aws:kms:{region}:{account}:key/{key} because no identity-based policy allows the kms:DescribeKey action (Service: Kms, Status Code: 400, Request ID: {request})",
    ),
    cause(
        "aws-throttling",
        "ThrottlingException",
        "ThrottlingException: Rate exceeded (Service: Kms, Status Code: 400, Request ID: {request})",
    ),
    cause(
        "aws-invalid-state",
        "KMSInvalidStateException",
        "KMSInvalidStateException: arn:aws:kms:{region}:{account}:key/{key} is pending deletion.",
    ),
    cause(
        "aws-not-found",
        "NotFoundException",
        "NotFoundException: Key 'arn:aws:kms:{region}:{account}:key/{key}' does not exist",
    ),
    cause(
        "aws-internal",
        "KMSInternalException",
        "operation error KMS: DescribeKey, https response error StatusCode: 500, RequestID: {request}, KMSInternalException: The request failed because of an internal error.",
    ),
    cause(
        "aws-expired-token",
        "ExpiredTokenException",
        "operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: {request}, api error ExpiredTokenException: The security token included in the request is expired",
    ),
    cause(
        "azure-firewall",
        "ForbiddenByFirewall",
        "keyvault.BaseClient#GetKeys: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code=\"Forbidden\" Message=\"Client address is not authorized and caller is not a trusted service.\\r\\nClient address: {ip}\\r\\nCaller: appid={key};oid={request}\\r\\nVault: {container};location=westeurope\" InnerError={\"code\":\"ForbiddenByFirewall\"}",
    ),
    cause(
        "azure-throttled",
        "Throttled",
        "keyvault.BaseClient#GetKeys: Failure responding to request: StatusCode=429 -- Original Error: autorest/azure: Service returned an error. Status=429 Code=\"Throttled\" Message=\"Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached. Retry after {seconds} seconds.\"",
    ),
    cause(
        "azure-forbidden",
        "ForbiddenByPolicy",
        "RESPONSE 403: 403 Forbidden ERROR CODE: Forbidden {\"error\":{\"code\":\"Forbidden\",\"message\":\"The user, group or application 'appid={key};oid={request};iss=https://sts.windows.net/{tenant}/' does not have keys list permission on key vault '{container};location=westeurope'.\",\"innererror\":{\"code\":\"ForbiddenByPolicy\"}}}",
    ),
    cause(
        "azure-purge-protection",
        "PurgeProtection",
        "Code=\"Forbidden\" Message=\"Operation purge is not allowed because purge protection is enabled for this vault. Key: {key}. Scheduled purge date: {time}\" InnerError={\"code\":\"ForbiddenByPurgeProtection\"}",
    ),
    cause(
        "azure-backup-in-use",
        "soft-deleted",
        "The backup {key} is in use by a soft-deleted key.",
    ),
    cause(
        "google-permission-denied",
        "PERMISSION_DENIED",
        "rpc error: code = PermissionDenied desc = PERMISSION_DENIED: Permission 'cloudkms.cryptoKeys.list' denied on resource '{ring}' (or it may not exist).",
    ),
    cause(
        "google-quota",
        "RESOURCE_EXHAUSTED",
        "googleapi: Error 429: RESOURCE_EXHAUSTED: Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'cloudkms.googleapis.com' for consumer 'project_number:{account}'., rateLimitExceeded",
    ),
    cause(
        "google-failed-precondition",
        "FAILED_PRECONDITION",
        "googleapi: Error 400: FAILED_PRECONDITION: {ring}/cryptoKeys/key-{number}/cryptoKeyVersions/{seconds} is not enabled, current state is: DESTROY_SCHEDULED., failedPrecondition",
    ),
    cause(
        "google-unavailable",
        "UNAVAILABLE",
        "rpc error: code = Unavailable desc = UNAVAILABLE: The service is currently unavailable. Request {request}",
    ),
    cause(
        "oci-not-authorized",
        "NotAuthorizedOrNotFound",
        "Error returned by KmsVault Service. Http Status Code: 404. Error Code: NotAuthorizedOrNotFound. Opc request id: {opc}. Message: Authorization failed or requested resource not found. Operation Name: ListKeys. Timestamp: {time}. Request Endpoint: GET https://kms.eu-frankfurt-1.oraclecloud.com/20180608/keys?compartmentId=ocid1.compartment.oc1..{ocid}",
    ),
    cause(
        "oci-too-many-requests",
        "TooManyRequests",
        "Error returned by KmsManagement Service. Http Status Code: 429. Error Code: TooManyRequests. Opc request id: {opc}. Message: Tenancy request-rate limit exceeded. Operation Name: ListKeys. Timestamp: {time}",
    ),
    cause(
        "sap-unauthorized",
        "401 Unauthorized",
        "SAP Data Custodian: 401 Unauthorized: the technical user of group {container} is locked (correlation id {request})",
    ),
    cause(
        "sap-unavailable",
        "503 Service Unavailable",
        "SAP Data Custodian: 503 Service Unavailable: maintenance until {time} (correlation id {request})",
    ),
    cause(
        "sfdc-invalid-session",
        "INVALID_SESSION_ID",
        "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}] organization {container}",
    ),
    cause(
        "sfdc-request-limit",
        "REQUEST_LIMIT_EXCEEDED",
        "[{\"message\":\"TotalRequests Limit exceeded.\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}] {time}",
    ),
    cause(
        "hsm-device",
        "CKR_DEVICE_ERROR",
        "C_FindObjectsInit failed on partition {container}: CKR_DEVICE_ERROR (0x00000030), session {number}",
    ),
    cause(
        "hsm-pin-locked",
        "CKR_PIN_LOCKED",
        "C_Login failed on partition {container}, serial {account}: CKR_PIN_LOCKED (0x000000A4)",
    ),
    cause(
        "dsm-agent",
        "DSM agent error",
        "DSM agent error 401: login to domain {container} as cckm_admin was refused by {ip}:8445",
    ),
    cause(
        "external-cm-unauthorized",
        "NCERRUnauthorizedAccess",
        "NCERRUnauthorizedAccess: domain {container} refused the credentials of the connection (requestID {request})",
    ),
    cause(
        "network-timeout",
        "i/o timeout",
        "Post \"https://{host}/\": dial tcp {ip}:443: i/o timeout",
    ),
    cause("network-dns", "no such host", "dial tcp: lookup {host} on 10.0.0.2:53: no such host"),
    cause(
        "network-reset",
        "connection reset by peer",
        "read tcp 10.20.4.11:{port}->{ip}:443: read: connection reset by peer",
    ),
    cause(
        "cm-connection",
        "NCERRInvalidConnection",
        "NCERRInvalidConnection: connection {request} has no valid credentials for {item}",
    ),
    cause(
        "cm-internal",
        "NCERRInternalServerError",
        "NCERRInternalServerError: failed to store the resource of {item} (requestID {request})",
    ),
    cause(
        "cm-free-text",
        "Nothing was changed",
        "Nothing was changed for \"{item}\" because the previous operation has not finished after {seconds} s.",
    ),
];

impl Cause {
    /// The cause with this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        CAUSES.iter().find(|cause| cause.name == name)
    }

    /// The causes that occur in the jobs of a family: those of its cloud, of the network and of the
    /// appliance, in the order of [`CAUSES`].
    pub fn of_family(path: &str) -> impl Iterator<Item = &'static Self> {
        let belongs = |name: &str| {
            let part =
                |cloud: &str| name.strip_prefix(cloud).is_some_and(|rest| rest.starts_with('-'));
            let cloud = path.split('/').next().unwrap_or_default();
            part(cloud) || part("network") || part("cm")
        };
        CAUSES.iter().filter(move |cause| belongs(cause.name))
    }
}
